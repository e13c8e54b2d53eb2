export { toYaml } from './emit';
export { expandLists } from './lists';
export { parseDocuments } from './load';
export type { YamlDocument, YamlFile, YamlProblem } from './load';
export { lineOf } from './position';
