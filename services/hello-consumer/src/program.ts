import { commonSettings, keepHealthFile, type Service } from '@fluxwright/runtime';
import { httpApp, httpSettings, listen } from '@fluxwright/runtime/http';
import { connectNats, natsSettings } from '@fluxwright/runtime/nats';
import { z } from 'zod';
import { version } from '../package.json';
import { print } from './print';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(8080),
  ...natsSettings,
  SUBJECT: z.string().default('messages').describe('the subject to hear'),
  HEALTH_FILE: z.string().default('/tmp/healthy').describe('the file that is there while connected'),
});

/** The hello consumer: prints every hello that it hears. */
export const program = {
  name: 'hello-consumer',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    keepHealthFile(service, given.HEALTH_FILE);
    const nats = connectNats(service, given);
    nats.subscribe(given.SUBJECT, print(service));
    await listen(service, httpApp(service), given);
  },
};
