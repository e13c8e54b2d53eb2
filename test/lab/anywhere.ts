import { startLab, type Lab, type LabOptions } from '../../src/lab';
import { foreignLab } from './foreign';
import { labName } from './names';

/** What a test may ask of a cluster that is not a lab of our own. */
export type AnyLab = Pick<Lab, 'client' | 'provideImages' | 'publish' | 'follow' | 'waitReady' | 'down'>;

/** The tests that need nothing of a lab that a cluster elsewhere has not: by the beginning of their file's name. */
export const ANYWHERE = ['dry-run', 'agreement', 'needed'];

/** The cluster of `KUBECONFIG`, where there is one, else a lab of its own. */
export async function startAnywhere(what: string, options: Pick<LabOptions, 'nodes'>): Promise<AnyLab> {
  const kubeconfig = process.env['KUBECONFIG'];
  return kubeconfig ? foreignLab(kubeconfig) : startLab({ name: labName(what), ...options });
}
