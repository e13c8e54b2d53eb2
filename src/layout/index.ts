export { layout } from './layout';
export { KUSTOMIZATION, entryOf, folderOf, isObjectFile, pathOf } from './path';
export type { Identity } from './path';
