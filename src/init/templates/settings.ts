import type { NewProject } from '../files';

/** What npm reads. */
export function packageJson({ name, fluxwright, versions }: NewProject): string {
  const content = {
    name,
    private: true,
    type: 'commonjs',
    engines: { node: '>=20.19' },
    scripts: {
      synth: 'fluxwright synth',
      watch: 'fluxwright synth --watch',
      check: 'fluxwright check',
      diff: 'fluxwright diff',
      types: 'tsc --noEmit',
      test: 'node --import tsx --test test/*.test.ts',
    },
    dependencies: pick(versions, 'cdk8s', 'constructs', { fluxwright }),
    devDependencies: pick(versions, '@types/node', 'tsx', 'typescript'),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function pick(
  versions: NewProject['versions'],
  ...names: readonly (string | { readonly [name: string]: string })[]
): { readonly [name: string]: string } {
  const entries = names.flatMap((name) =>
    typeof name === 'string' ? [[name, versions[name] ?? '*'] as const] : Object.entries(name),
  );
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What the type checker reads. */
export const tsconfig = `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "types": ["node"],
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "strict": true,
    "esModuleInterop": true,
    "noUncheckedIndexedAccess": true,
    "noImplicitOverride": true,
    "skipLibCheck": true,
    "resolveJsonModule": true,
    "noEmit": true
  },
  "include": ["main.ts", "charts", "imports", "test"]
}
`;

/** What `npx cdk8s synth` reads, and `fluxwright` for the program to run. */
export const cdk8s = `language: typescript
app: npx fluxwright synth --app main.ts
# \`cdk8s synth\` empties this folder before it runs the app; fluxwright writes dist/.
output: .fluxwright/cdk8s
`;

/** What is not committed. dist/ is. */
export const gitignore = 'node_modules/\n.fluxwright/\n';

/** Generated files are folded in reviews; the change in TypeScript is what to read first. */
export const gitattributes = 'dist/** linguist-generated\nimports/** linguist-generated\n';
