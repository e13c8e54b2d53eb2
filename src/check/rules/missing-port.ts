import { type MissingPort, missingPorts } from '../facts/port-uses';
import { nearest } from '../../schema/nearest';
import { listed } from '../facts/text';
import type { Rule, Violation } from '../rule';

export const missingPort: Rule = {
  id: 'missing-port',
  title: 'A port that is named, or a port of a Service, is there.',
  severity: 'error',
  why: 'A targetPort name that no container has gives a Service without endpoints; a probe of such a name never succeeds; an Ingress or Prometheus leaves the backend out. None of it is refused when it is applied.',
  bad: `kind: Service
spec:
  ports: [{ port: 80, targetPort: web }] # the container's port is called http`,
  good: `kind: Service
spec:
  ports: [{ port: 80, targetPort: http }]`,
  *check(scope) {
    for (const missing of missingPorts(scope)) yield violation(missing);
  },
};

function violation({ object, path, port, of, there }: MissingPort): Violation {
  const message = `${of} has no port ${port}`;
  const near = typeof port === 'string' ? nearest(port, there.map(String)) : undefined;
  const only = there.length === 1 ? there[0] : undefined;
  const known = there.length === 0 ? 'it has none' : `it has ${listed(there.map(String))}`;
  const meant = near ?? only;
  return {
    object,
    path,
    message,
    fix: meant === undefined ? `write one of its ports (${known}), or add it there` : `write ${meant}`,
  };
}
