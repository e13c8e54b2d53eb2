/**
 * Puts what every synthesis loads into one file: the last step of `npm run build`.
 *
 * Three hundred small files take longer to load than an estate of a hundred objects takes to compile, and a call
 * from one file into another is slower than one inside a file. Each module stays where it was as a door to the
 * bundle, so that there is one instance of everything, whoever asks for it.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const root = join(__dirname, '..');
/** One folder below `lib`, as modules are that look for files of the package. */
const bundle = join(root, 'lib', 'bundle', 'index.js');

const options = {
  absWorkingDir: root,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
} as const satisfies BuildOptions;

void main();

async function main(): Promise<void> {
  const modules = await modulesOf('src/index.ts');
  const contents = modules.map((path, index) => `export * as module${index} from './${path}';\n`).join('');
  await build({ ...options, stdin: { contents, resolveDir: root }, outfile: bundle });
  const made = require(bundle) as { readonly [module: string]: object };
  for (const [index, path] of modules.entries()) leaveDoor(path, `module${index}`, made);
}

/** The modules that an entry loads, itself included. */
async function modulesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({ ...options, entryPoints: [entry], metafile: true, write: false });
  return Object.keys(metafile.inputs);
}

function leaveDoor(source: string, name: string, made: { readonly [module: string]: object }): void {
  const file = join(root, 'lib', relative('src', source).replace(/\.ts$/, '.js'));
  const path = relative(dirname(file), bundle);
  const from = path.startsWith('.') ? path : `./${path}`;
  // Never run: Node looks for the names in the text when a module of the other kind imports them.
  const names = `0 && (module.exports = { ${Object.keys(made[name] ?? {}).join(', ')} });\n`;
  writeFileSync(file, `'use strict';\nmodule.exports = require('${from}').${name};\n${names}`);
  rmSync(`${file}.map`);
}
