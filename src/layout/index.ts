export { KUSTOMIZATION, layout } from './layout';
export { entryOf, folderOf, pathOf } from './path';
export type { Identity } from './path';
