import { commonSettings, type Service } from '@fluxwright/runtime';
import { encoder, registrySettings } from '@fluxwright/runtime/avro';
import { httpSettings, listen } from '@fluxwright/runtime/http';
import { connectKafka, kafkaSettings } from '@fluxwright/runtime/kafka';
import { z } from 'zod';
import { version } from '../package.json';
import { ratingFormat } from './rating';
import { createRatings } from './ratings';
import { site } from './site';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(3000),
  ...kafkaSettings,
  ...registrySettings,
  TOPIC: z.string().default('erboh-ratings').describe('the topic to write to'),
});

/** The ratings producer: a page that writes twenty ratings with every load. */
export const program = {
  name: 'ratings-producer',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const encode = encoder(service, given, ratingFormat(given.TOPIC));
    const kafka = connectKafka(service, given);
    const ratings = createRatings({ kafka, topic: given.TOPIC, encode });
    await listen(service, site(service, ratings, given.TOPIC), given);
  },
};
