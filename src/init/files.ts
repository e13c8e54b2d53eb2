import type { FileTree } from '../estate';
import { chart, chartTest, main } from './templates/code';
import { cdk8s, gitattributes, gitignore, packageJson, tsconfig } from './templates/settings';
import { readme, workflow } from './templates/words';

/** What a new repository is made from. */
export interface NewProject {
  /** The name of the package, and of nothing else. */
  readonly name: string;
  /** The version of Fluxwright that it depends on, or where to find it. */
  readonly fluxwright: string;
  /** Versions of what Fluxwright stands on, as this package was tested with them. */
  readonly versions: { readonly [name: string]: string };
}

/** The files of a new repository, by their path. */
export function projectFiles(project: NewProject): FileTree {
  return new Map([
    ['package.json', packageJson(project)],
    ['tsconfig.json', tsconfig],
    ['cdk8s.yaml', cdk8s],
    ['.gitignore', gitignore],
    ['.gitattributes', gitattributes],
    ['.github/workflows/ci.yml', workflow],
    ['README.md', readme(project.name)],
    ['main.ts', main],
    ['charts/hello.ts', chart],
    ['test/hello.test.ts', chartTest],
  ]);
}
