import { componentsOf } from './components';
import { initOf } from './machine';
import type { LabPlan } from './plan';
import { probe } from './probe';
import { labProcesses, mainProcess } from './process';

/** How one component of a lab is. */
export interface ComponentStatus {
  readonly name: string;
  readonly machine: string;
  readonly pid?: number;
  readonly state: 'ready' | 'stopped' | 'not ready';
  readonly detail?: string;
}

/** How every component of a lab is, in the order of the table. */
export async function statusOf(plan: LabPlan): Promise<ComponentStatus[]> {
  const processes = labProcesses(plan.name);
  const machines = [plan.hub, ...plan.nodes].map(({ name: machine }): ComponentStatus => {
    const name = initOf(machine);
    const pid = mainProcess(processes, name)?.pid;
    return pid === undefined ? { name, machine, state: 'stopped' } : { name, machine, pid, state: 'ready' };
  });
  const components = componentsOf(plan).map(async (component): Promise<ComponentStatus> => {
    const { name, machine } = component;
    const pid = mainProcess(processes, name)?.pid;
    if (pid === undefined) return { name, machine, state: 'stopped' };
    const detail = await probe(plan, component);
    return detail === undefined
      ? { name, machine, pid, state: 'ready' }
      : { name, machine, pid, state: 'not ready', detail };
  });
  return [...machines, ...(await Promise.all(components))];
}
