export { checkFolder, readFolderEstate, type ForeignReport } from './check';
