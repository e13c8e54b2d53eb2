export { openLab, startLab, type Lab } from './lab';
export { KubeClient, ApiError, type LiveObject, type WatchEvent } from './api/client';
export { readConnection } from './api/connection';
export {
  conditionOf,
  fluxObjects,
  labelOf,
  type Condition,
  type FollowedArtifact,
  type FollowedBranch,
  type WaitOptions,
} from './flux';
export { planLab, NETWORK, type LabOptions, type LabPlan, type NodePlan } from './plan';
export { READY_AFTER } from './components/kwok';
export { STORAGE_CLASS } from './storage-class';
export { imagesIn } from './provide-images';
export { LabError, waitFor, type Wait } from './wait';
