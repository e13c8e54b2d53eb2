import { hostname } from 'node:os';
import { commonSettings, httpUrl, pause, reasonOf, seconds, type Service } from '@fluxwright/runtime';
import { httpSettings, listen } from '@fluxwright/runtime/http';
import { z } from 'zod';
import { version } from '../package.json';
import { consulAgent } from './agent';
import { mysrv } from './app';
import { placeIn, type Place } from './catalogue';
import { registrationOf } from './registration';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(3000),
  CONSUL_URLS: z
    .string()
    .transform((urls) => urls.split(',').map((url) => url.trim().replace(/\/$/, '')))
    .pipe(z.array(httpUrl))
    .describe(
      'where agents of Consul are, separated by commas: http://consul-0.consul:8500,http://consul-1.consul:8500',
    ),
  CONSUL_TOKEN: z.string().optional().describe('the token to register with, where Consul asks for one'),
  SERVICE_NAME: z.string().default('mysrv').describe('the name to register under'),
  ADVERTISE_ADDRESS: z.string().describe("the address at which others reach this program: the pod's IP"),
  CHECK_SECONDS: seconds.min(1).default(2).describe('how often Consul checks HTTP and TCP, in seconds'),
  TTL_SECONDS: seconds
    .min(1)
    .default(15)
    .describe('after how many seconds of silence Consul takes this program for dead'),
});

/** A program that keeps itself in Consul's catalogue. */
export const program = {
  name: 'mysrv',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const port = await listen(service, mysrv(service, hostname()), given);
    const registration = registrationOf({
      name: given.SERVICE_NAME,
      hostname: hostname(),
      address: given.ADVERTISE_ADDRESS,
      port,
      checkSeconds: given.CHECK_SECONDS,
      ttlSeconds: given.TTL_SECONDS,
    });
    const agents = given.CONSUL_URLS.map((url) => consulAgent(url, given.CONSUL_TOKEN));
    const place = placeIn(agents, registration, service.log);
    const keeping = keepPlace(service, place, (given.TTL_SECONDS * 1_000) / 3);
    // Added after the server, so that nobody is sent here any more by the time that the server goes.
    service.onStop('place in the catalogue', async () => {
      await keeping;
      await place.leave();
    });
  },
};

/** Ready once it can be found; from then on it does its job whether Consul is there or not. */
async function keepPlace(service: Service, place: Place, everyMilliseconds: number): Promise<void> {
  const need = service.readiness.need('consul', 'not registered yet');
  while (!service.stopping.aborted) {
    const kept = await place.keep().then(
      () => true,
      (error: unknown) => {
        service.log.warn(reasonOf(error));
        return false;
      },
    );
    if (kept) need.met();
    await pause(kept ? everyMilliseconds : 1_000, service.stopping);
  }
}
