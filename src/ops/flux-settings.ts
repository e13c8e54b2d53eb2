/** One of Flux's controllers, and the flags that an estate relies on. */
export interface ControllerSettings {
  readonly name: string;
  readonly flags: readonly string[];
}

/**
 * Without these the order on the wire holds, but one sick unit delays the others: with Flux's defaults four sick
 * units held an independent one back for a minute, and a fix waited for the check of what it fixed.
 */
const shared = ['--concurrent=20', '--requeue-dependency=5s'];
const gates = '--feature-gates=CancelHealthCheckOnNewRevision=true,AdditiveCELDependencyCheck=false';

/** The settings of Flux that are a part of the promise. */
export const fluxSettings: readonly ControllerSettings[] = [
  { name: 'kustomize-controller', flags: [...shared, gates] },
  { name: 'helm-controller', flags: [...shared, gates] },
  { name: 'source-controller', flags: shared },
];
