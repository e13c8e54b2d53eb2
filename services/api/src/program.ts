import { commonSettings, type Service } from '@fluxwright/runtime';
import { encoder, registrySettings } from '@fluxwright/runtime/avro';
import { httpSettings, listen } from '@fluxwright/runtime/http';
import { connectKafka, kafkaSettings } from '@fluxwright/runtime/kafka';
import { z } from 'zod';
import { version } from '../package.json';
import { api } from './api';
import { messageFormat } from './message';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(3000),
  ...kafkaSettings,
  ...registrySettings,
  TOPIC: z.string().describe('the topic to publish to'),
});

/** The api: takes messages over HTTP and publishes them to Kafka. */
export const program = {
  name: 'api',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const encode = encoder(service, given, messageFormat(given.TOPIC));
    const kafka = connectKafka(service, given);
    await listen(service, api(service, { kafka, topic: given.TOPIC, encode }), given);
  },
};
