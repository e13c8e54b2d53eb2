import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from '@jest/globals';

const root = resolve(__dirname, '..', '..');
const bin = join(root, 'bin', 'fluxwright.js');

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'nodenext', paths: { fluxwright: [join(root, 'src', 'index.ts')] } },
});
const cdk8s = 'language: typescript\napp: node --import tsx main.ts\noutput: .fluxwright/cdk8s\n';

/** What every `main.ts` of a test begins with: an app, a cluster, a chart. */
export const beginning = `import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, FluxChart } from 'fluxwright';
const app = new FluxApp();
const cluster = new Cluster(app, 'test');
const shop = new FluxChart(cluster, 'shop', { namespace: 'shop' });
const map = (name: string, data: unknown) =>
  new ApiObject(shop, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
`;

/** A project on the disk; gone when the tests are. */
export function project(main: string, files: { readonly [path: string]: string } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-project-'));
  made.push(folder);
  chmodSync(folder, 0o755);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const all = { 'main.ts': main, 'tsconfig.json': tsconfig, 'cdk8s.yaml': cdk8s, ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What became of a process. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is run. */
export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
}

/** Run the command line in a folder. */
export function fluxwright(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return run(folder, process.execPath, [bin, ...args], options);
}

/** Where the command line is run, and how it is called. */
export type Call = readonly [folder: string, ...args: string[]];

/** Run the command line many times, one after the other, in one process: most of its time is its start. */
export async function inTurn(calls: readonly Call[]): Promise<Outcome[]> {
  const driver = `
    require('tsx/cjs');
    const { main } = require(${JSON.stringify(join(root, 'src', 'cli', 'main.ts'))});
    (async () => {
      const outcomes = [];
      const write = process.stdout.write;
      const left = new Error('the command line has ended the process');
      process.exit = (code) => {
        process.exitCode = code;
        throw left;
      };
      for (const [folder, ...args] of ${JSON.stringify(calls)}) {
        const outcome = { stdout: '', stderr: '' };
        process.stdout.write = (text) => (outcome.stdout += text) !== '';
        process.stderr.write = (text) => (outcome.stderr += text) !== '';
        process.exitCode = 0;
        process.chdir(folder);
        for (const file in require.cache) if (file.startsWith(folder)) delete require.cache[file];
        await main(['node', 'fluxwright', ...args]).catch((error) => {
          if (error !== left) throw error;
        });
        outcomes.push({ ...outcome, code: process.exitCode });
      }
      write.call(process.stdout, JSON.stringify(outcomes));
      process.exitCode = 0;
    })();`;
  const { stdout, stderr } = await run(calls[0]?.[0] ?? root, process.execPath, ['-e', driver]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Outcome[];
}

/** Run any program in a folder. */
export async function run(
  folder: string,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  return ended(begin(folder, command, args, options));
}

/** Start the command line in a folder, and go on. */
export function start(folder: string, args: readonly string[]): ChildProcess {
  return begin(folder, process.execPath, [bin, ...args], {});
}

function begin(
  folder: string,
  command: string,
  args: readonly string[],
  { env, uid }: RunOptions,
): ChildProcess {
  const { FORCE_COLOR: _, ...clean } = process.env;
  const own = { ...clean, TMPDIR: tmpdir(), ...env };
  return spawn(command, args, { cwd: folder, env: own, ...(uid === undefined ? {} : { uid, gid: uid }) });
}

/** Wait for the end of a process. */
export function ended(child: ChildProcess): Promise<Outcome> {
  return new Promise((done) => {
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

/** All that is in a folder: path → text, and nothing of what runs leave for each other. */
export function contentOf(folder: string): { readonly [path: string]: string } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.sort().map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );
}
