export { likelyClusters } from './choose';
export { diagnose } from './diagnose';
export { readCluster } from './read';
export { statusText } from './text';
export type { Cause, ClusterStatus, Stopped } from './types';
export type { Reading } from './world';
