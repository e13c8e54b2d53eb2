import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/estate';
import { type LabPlan, waitFor } from '../../../src/lab';

/** The logs of pods, those of pods that are gone included: a file stays readable for who has it open. */
export interface PodLogs {
  /** All that was logged, by all pods. */
  read(): string;
  close(): void;
}

/** Keeps the logs of the pods whose names begin alike. */
export function keepLogs({ nodes }: LabPlan, namespace: string, prefix: string): PodLogs {
  const open = new Map<string, number>();
  const look = (): void => {
    for (const file of nodes.flatMap(({ folder }) =>
      logFiles(join(folder, 'log', 'pods'), `${namespace}_${prefix}`),
    )) {
      const key = keyOf(file);
      if (key !== undefined && !open.has(key)) open.set(key, openSync(file, 'r'));
    }
  };
  look();
  const timer = setInterval(look, 250);
  return {
    read: () => {
      look();
      return [...open.values()]
        .map((descriptor) => readFileSync(`/proc/self/fd/${descriptor}`, 'utf8'))
        .join('');
    },
    close: () => {
      clearInterval(timer);
      for (const descriptor of open.values()) closeSync(descriptor);
    },
  };
}

/** The lines that programs of our own have logged: objects, each behind the time and stream that the container engine adds. */
export function linesOf(logs: PodLogs): readonly JsonObject[] {
  const lines = logs.read().matchAll(/^\S+ stdout F (\{.*\})$/gm);
  return [...lines].map(([, text = '']) => JSON.parse(text) as JsonObject);
}

/** Waits until as many lines as are meant have been logged, and returns them. */
export async function logged(
  logs: PodLogs,
  isMeant: (line: JsonObject) => boolean,
  count = 1,
): Promise<readonly JsonObject[]> {
  const found = (): readonly JsonObject[] => linesOf(logs).filter(isMeant);
  const missing = async (): Promise<string | undefined> =>
    found().length >= count ? undefined : `${found().length} of ${count} are`;
  await waitFor({ what: 'lines are not in the logs', seconds: 90, missing });
  return found();
}

/** `<namespace>_<pod>_<uid>/<container>/<restarts>.log` */
function logFiles(folder: string, prefix: string): string[] {
  if (!existsSync(folder)) return [];
  const pods = readdirSync(folder).filter((name) => name.startsWith(prefix));
  return pods.flatMap((pod) => filesIn(join(folder, pod)));
}

function filesIn(pod: string): string[] {
  try {
    const entries = readdirSync(pod, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** A file is told from its successors of the same name by its number; none where it has just gone. */
function keyOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino}`;
}
