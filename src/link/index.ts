export { crdName, describeTarget, link } from './link';
export { crdKind } from './providers';
