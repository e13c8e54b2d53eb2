export { checkFolder, type ForeignReport } from './check';
