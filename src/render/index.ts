export { render, type Rendered } from './render';
