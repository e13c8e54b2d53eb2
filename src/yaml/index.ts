export { toYaml } from './emit';
