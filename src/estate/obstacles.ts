/** What keeps an estate from being made, read or written, so that no rule gets to see it. */
export interface Obstacle {
  /** E.g. `syntax`. */
  readonly id: string;
  /** What is in the way, in one sentence. */
  readonly title: string;
  /** What it means, and what to do. */
  readonly why: string;
}

/** Every obstacle, in the order of `docs/rules.md`. None of them can be silenced. */
export const obstacles = [
  {
    id: 'syntax',
    title: 'The program that builds the estate is no TypeScript',
    why: 'The compiler stopped at the place that the finding names. Nothing was run.',
  },
  {
    id: 'module-not-found',
    title: 'The program imports what is not there',
    why: 'A path is misspelt, or a package is not installed: `npm install` brings what package.json names.',
  },
  {
    id: 'crash',
    title: 'The program that builds the estate threw an error',
    why: 'It did not get to its end, so nobody knows the estate. The finding names the first line of your own that threw.',
  },
  {
    id: 'not-json',
    title: 'A value in an object is no JSON',
    why: 'A manifest holds texts, finite numbers, booleans, lists and objects. A Date, a Map, a function, NaN, a BigInt or a value that holds itself has no form in YAML that the API server would read as it was meant.',
  },
  {
    id: 'lost-field',
    title: 'A construct drops a field that it was given',
    why: 'A class that was generated from an older definition renders only what it knows. What you wrote would silently be missing from the cluster: import the kind again, or write the object with a plain ApiObject.',
  },
  {
    id: 'yaml',
    title: 'A YAML file cannot be read',
    why: 'Flux could not read it either.',
  },
  {
    id: 'kustomize',
    title: 'A folder of kustomize cannot be built',
    why: 'Flux would refuse the folder for the same reason. What the built-in kustomize does not know is left to `kustomize` or `kubectl` where one is installed.',
  },
  {
    id: 'base-unknown',
    title: 'The revision to compare with does not exist',
    why: 'Moves, removals and changes of immutable fields are found by comparing with what is committed. In CI, fetch the branch that the pull request aims at before `--base` names it.',
  },
  {
    id: 'base-unreadable',
    title: 'Git cannot tell what was committed before',
    why: 'Without the previous state a removal that destroys data looks like any other commit, so nothing is written.',
  },
  {
    id: 'output-ignored',
    title: 'Git ignores the folder',
    why: 'Many a `.gitignore` names `dist`, as what is built is not committed elsewhere. Here it is what Flux reads, and what the next run is compared with.',
  },
  {
    id: 'output-busy',
    title: 'Another run is writing the folder',
    why: 'Two runs at once would mix two estates. The lock names the process that holds it, and goes with it.',
  },
  {
    id: 'output-foreign-file',
    title: 'The folder holds a file that nobody generated',
    why: 'All of `dist/` is generated, and what is stale in it is removed. A file that somebody made by hand would be lost: Include it in a chart instead.',
  },
  {
    id: 'output-blocked',
    title: 'Something stands where a file or a folder has to go',
    why: 'A link, a folder or a file of somebody else is left alone, and nothing is written around it.',
  },
  {
    id: 'output-unwritable',
    title: 'The folder cannot be written',
    why: 'The system refused: permission, space, or a file system that is read-only. A run that was stopped half-way is completed by the next one.',
  },
  {
    id: 'mass-removal',
    title: 'More objects would go at once than anybody removes by intent',
    why: 'Flux deletes from the cluster what leaves `dist/`. A missing import or a wrong condition can empty an estate in one commit: if the removal is meant, say `--allow-removal`.',
  },
] as const satisfies readonly Obstacle[];

/** What a finding about an obstacle is called. */
export type ObstacleId = (typeof obstacles)[number]['id'];
