import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Component } from './components';
import { machinePid, onMachine } from './machine';
import type { LabPlan } from './plan';
import { probe } from './probe';
import { endProcesses, isAlive, labProcesses, mainProcess, startProcess } from './process';
import { PATH } from './requirements';
import { LabError, tailText, waitFor } from './wait';

/** Something that is done once what it comes after is done. */
export interface Step {
  readonly name: string;
  readonly after: readonly string[];
  readonly run: () => Promise<void>;
}

/** Does all steps, each as soon as it can; stops waiting at the first that fails. */
export async function runSteps(
  steps: readonly Step[],
  onDone: (name: string) => void = () => {},
): Promise<void> {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const running = new Map<string, Promise<void>>();
  const done = (name: string): Promise<void> => {
    const step = byName.get(name);
    if (!step) throw new Error(`no step is called ${name}`);
    const promise =
      running.get(name) ??
      Promise.all(step.after.map(done))
        .then(step.run)
        .then(() => onDone(name));
    running.set(name, promise);
    return promise;
  };
  await Promise.all(steps.map(({ name }) => done(name)));
}

/** The log of a component. */
export function logFile(plan: Pick<LabPlan, 'folder'>, component: string): string {
  return join(plan.folder, 'logs', `${component}.log`);
}

/** The process of a component, if it runs. */
export function componentPid(plan: LabPlan, component: string): number | undefined {
  return mainProcess(labProcesses(plan.name), component)?.pid;
}

/** Starts a component where it does not run, and waits until it serves. */
export async function startComponent(plan: LabPlan, component: Component): Promise<void> {
  const pid = componentPid(plan, component.name) ?? launch(plan, component);
  const log = logFile(plan, component.name);
  const missing = async (): Promise<string | undefined> => {
    const answer = await probe(plan, component);
    if (answer !== undefined && !isAlive(pid))
      throw new LabError(`${component.name} has ended: ${answer}${tailText(log)}`);
    return answer;
  };
  await waitFor({ what: `${component.name} is not ready`, seconds: component.seconds, missing, log });
}

/** Stops a component and what it started, its pods' shims excepted. */
export async function stopComponent(plan: LabPlan, name: string, graceSeconds = 10): Promise<void> {
  const pid = componentPid(plan, name);
  if (pid !== undefined) await endProcesses([{ pid }], graceSeconds);
}

function launch(plan: LabPlan, component: Component): number {
  const machine = machinePid(plan, component.machine);
  if (machine === undefined)
    throw new LabError(`${component.name}: its machine ${component.machine} does not run`);
  for (const [path, text] of Object.entries(component.files ?? {})) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (component.ready.kind === 'file')
    rmSync(`/proc/${machine}/root${component.ready.path}`, { force: true });
  const [home, temporary] = [join(plan.folder, 'home'), join(plan.folder, 'tmp')];
  const env = { PATH, HOME: home, TMPDIR: temporary, ...component.env };
  const command = onMachine(machine, component.command);
  return startProcess({
    lab: plan.name,
    component: component.name,
    command,
    env,
    log: logFile(plan, component.name),
  });
}
