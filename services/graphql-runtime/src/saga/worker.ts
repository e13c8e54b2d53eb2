import { pause, reasonOf, type Service } from '@fluxwright/runtime';
import type { SagaDriver } from './driver';

/** How many sagas one process goes on with at once: one whose partner is silent must not hold up the others. */
const workers = 4;

/** Goes on with sagas that wait or were abandoned, for as long as the service runs. */
export async function workOnSagas(
  service: Service,
  driver: Pick<SagaDriver<unknown>, 'driveNext'>,
): Promise<void> {
  await Promise.all(Array.from({ length: workers }, () => work(service, driver)));
}

async function work(service: Service, driver: Pick<SagaDriver<unknown>, 'driveNext'>): Promise<void> {
  while (!service.stopping.aborted) {
    const worked = await driver.driveNext().catch((error: unknown) => {
      service.log.warn(`cannot look for sagas to go on with: ${reasonOf(error)}`);
      return false;
    });
    if (!worked) await pause(500, service.stopping);
  }
}
