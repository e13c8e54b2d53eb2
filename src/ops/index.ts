export { type ControllerSettings, fluxSettings } from './flux-settings';
export { opsTree } from './ops';
export { writeOps } from './write';
