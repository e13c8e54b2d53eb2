import { ratingFormat, voices } from '@fluxwright/ratings-producer/rating';
import { commonSettings, type Service } from '@fluxwright/runtime';
import { decoder, registrySettings } from '@fluxwright/runtime/avro';
import { httpSettings, listen } from '@fluxwright/runtime/http';
import { connectKafka, kafkaSettings, withDeadLetters } from '@fluxwright/runtime/kafka';
import { z } from 'zod';
import { version } from '../package.json';
import { createRanking } from './ranking';
import { countRatings } from './read';
import { site } from './site';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(3001),
  ...kafkaSettings,
  ...registrySettings,
  TOPIC: z.string().default('erboh-ratings').describe('the topic to read'),
  MAX_VOICES: z.coerce
    .number()
    .int()
    .min(voices.length)
    .max(1_000)
    .default(100)
    .describe(`the most voices in the ranking, ${voices.length} to 1000`),
  GROUP: z.string().default('voiceRatingConsumer').describe('the consumer group to read in'),
});

/** The ratings consumer: a page with the ranking of the voices. */
export const program = {
  name: 'ratings-consumer',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const { TOPIC: topic, GROUP: group } = given;
    const ranking = createRanking(voices, given.MAX_VOICES);
    const kafka = connectKafka(service, given);
    const handle = countRatings(service, ranking, decoder(given, ratingFormat(topic)));
    kafka.subscribe({ topic, group }, withDeadLetters(service, kafka, `${topic}.dead-letters`, handle));
    await listen(service, site(service, ranking, topic), given);
  },
};
