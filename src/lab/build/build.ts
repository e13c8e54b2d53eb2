import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARIES, binaryFolder, cacheFolder, hasBinary, type Binary } from '../binaries';
import { LabError, tailText } from '../wait';
import { RECIPES, type Recipe } from './recipes';

/**
 * Builds programs of the lab from their Go modules: those named, else those that are missing.
 * @throws LabError where a name is none, where Go is missing, or with the end of what the compiler said.
 */
export async function buildBinaries(names: readonly string[], print: (line: string) => void): Promise<void> {
  const unknown = names.filter((name) => !(name in RECIPES));
  if (unknown.length > 0)
    throw new LabError(`no program is called ${unknown.join(', ')}; there are ${BINARIES.join(', ')}`);
  const chosen =
    names.length > 0 ? (names as readonly Binary[]) : BINARIES.filter((name) => !hasBinary(name));
  if (chosen.length === 0) print(`every program is in ${binaryFolder()}`);
  for (const name of chosen) {
    print(`building ${name}`);
    await build(name, RECIPES[name]);
  }
}

/** The module file of a recipe. */
export function moduleFile(name: string, { modules, replace = {} }: Recipe): string {
  const required = Object.entries(modules).map(([module, version]) => `require ${module} ${version}`);
  const replaced = Object.entries(replace).map(([module, other]) => `replace ${module} => ${other}`);
  return [`module fluxwright.dev/lab/${name}`, `go ${GO}`, ...required, ...replaced, ''].join('\n');
}

/** The version of the language that the youngest of the modules asks for; Go fetches itself in it. */
const GO = '1.26.0';

async function build(name: string, recipe: Recipe): Promise<void> {
  const folder = join(cacheFolder(), 'build', name);
  mkdirSync(folder, { recursive: true });
  mkdirSync(binaryFolder(), { recursive: true });
  writeFileSync(join(folder, 'go.mod'), moduleFile(name, recipe));
  if (recipe.main !== undefined) writeFileSync(join(folder, 'main.go'), recipe.main);
  const log = join(folder, 'build.log');
  rmSync(log, { force: true });
  const variables = Object.entries(recipe.variables ?? {}).map(
    ([variable, value]) => `-X ${variable}=${value}`,
  );
  const ldflags = `-ldflags=${['-s', '-w', ...variables].join(' ')}`;
  await go(folder, ['build', '-mod=mod', '-trimpath', ldflags, '-o', 'program', recipe.package ?? '.'], log);
  renameSync(join(folder, 'program'), join(binaryFolder(), name));
}

async function go(folder: string, args: readonly string[], log: string): Promise<void> {
  const output = openSync(log, 'a');
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
  const child = spawn('go', args, { cwd: folder, env, stdio: ['ignore', output, output] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', () =>
      reject(new LabError('building needs Go (https://go.dev/dl): `go` is not on the PATH')),
    );
  });
  closeSync(output);
  if (code !== 0) throw new LabError(`go ${args[0] ?? ''} failed in ${folder}${tailText(log)}`);
}
