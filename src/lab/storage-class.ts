/** The storage class of a lab: the one that kind has under this name behaves the same, but cannot grow. */
export const STORAGE_CLASS = 'standard';

/** Who makes its volumes. */
export const PROVISIONER = 'lab.fluxwright.dev/local';
