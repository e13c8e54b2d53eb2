import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Size } from './measure';

/** The first changes are slower: the engine is still compiling. */
const changes = 9;

/**
 * How long `fluxwright synth --watch` takes from a saved line to the file in `dist/`: the median of a few changes,
 * in an estate that is committed.
 */
export async function measureWatch({ objects, charts }: Size): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  const line = join(folder, 'line.js');
  const write = (level: number): void => writeFileSync(line, `exports.level = 'level-${level}';\n`);
  write(0);
  const env = {
    ...process.env,
    BENCH_LINE: line,
    BENCH_OBJECTS: `${objects}`,
    BENCH_CHARTS: `${charts}`,
  };
  const watcher = spawn(process.execPath, [cli, 'synth', '--watch', '--app', program], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const lines = createInterface({ input: watcher.stderr })[Symbol.asyncIterator]();
    await until(lines, /^watching for changes/);
    commit(folder);
    const times: number[] = [];
    for (let change = 1; change <= changes; change++) {
      const start = performance.now();
      write(change);
      await until(lines, /: 1 written/);
      times.push(performance.now() - start);
    }
    return times.sort((one, other) => one - other)[Math.floor(changes / 2)] ?? Infinity;
  } finally {
    watcher.kill();
    await once(watcher, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

const cli = join(__dirname, 'programs', 'cli.cjs');
const program = join(__dirname, 'programs', 'watched.cjs');

async function until(lines: AsyncIterator<string>, pattern: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    if (pattern.test(next.value)) return;
    seen.push(next.value);
  }
  throw new Error(`fluxwright synth --watch ended: ${seen.join('\n')}`);
}

function commit(folder: string): void {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench', ...args], { cwd: folder });
  git('init', '--quiet');
  git('add', 'dist');
  git('commit', '--quiet', '--message', 'The estate');
}
