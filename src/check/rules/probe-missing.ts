import { describe, listIn, textIn, valueIn } from '../../estate';
import { isLongRunning, workloadsOf } from '../facts/workloads';
import type { Rule } from '../rule';

export const probeMissing: Rule = {
  id: 'probe-missing',
  title: 'A container that is connected to says when it is ready.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'Without a readiness probe a pod gets connections the moment its process starts, and a rolling update goes on to the next pod before this one answers: each deploy loses requests. Flux takes the unit for ready too early as well.',
  bad: `containers:
  - name: api
    ports: [{ containerPort: 3000 }]`,
  good: `containers:
  - name: api
    ports: [{ name: http, containerPort: 3000 }]
    readinessProbe: { httpGet: { path: /health, port: http } }`,
  *check(scope) {
    for (const workload of workloadsOf(scope)) {
      if (!isLongRunning(workload)) continue;
      for (const { container, path, init } of workload.containers) {
        if (
          init ||
          listIn(container, 'ports').length === 0 ||
          valueIn(container, 'readinessProbe') !== undefined
        )
          continue;
        const message = `the container ${textIn(container, 'name') ?? ''} of ${describe(workload.object)} has ports and no readinessProbe`;
        const fix =
          'write e.g. readinessProbe: { httpGet: { path: /health, port: <name of the port> } }, or tcpSocket';
        yield { object: workload.object, path: `${path}.readinessProbe`, message, fix };
      }
    }
  },
};
