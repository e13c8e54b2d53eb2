export { compile, type Compiled, type CompileOptions, projectRegistry, type Source } from './compile';
