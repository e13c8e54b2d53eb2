export { archiveOf, inTheWay, isCheckout, ownPackage, packageName, packInto, writeNew } from './create';
export { type NewProject, projectFiles } from './files';
