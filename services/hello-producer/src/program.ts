import { commonSettings, keepHealthFile, seconds, whenReady, type Service } from '@fluxwright/runtime';
import { httpApp, httpSettings, listen } from '@fluxwright/runtime/http';
import { connectNats, natsSettings } from '@fluxwright/runtime/nats';
import { z } from 'zod';
import { version } from '../package.json';
import { sayHello } from './hello';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(8080),
  ...natsSettings,
  SUBJECT: z.string().default('messages').describe('the subject to publish to'),
  POD_IP: z.string().describe('the address to say hello from; in a pod, its status.podIP'),
  EVERY_SECONDS: seconds.positive().default(10).describe('seconds from one hello to the next'),
  HEALTH_FILE: z.string().default('/tmp/healthy').describe('the file that is there while connected'),
});

/** The hello producer: says hello on NATS every ten seconds. */
export const program = {
  name: 'hello-producer',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    keepHealthFile(service, given.HEALTH_FILE);
    const nats = connectNats(service, given);
    await listen(service, httpApp(service), given);
    await whenReady(service);
    const saying = sayHello(service, nats, {
      subject: given.SUBJECT,
      from: given.POD_IP,
      everySeconds: given.EVERY_SECONDS,
    });
    service.onStop('saying hello', () => saying);
  },
};
