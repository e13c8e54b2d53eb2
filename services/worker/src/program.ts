import { messageFormat } from '@fluxwright/api/message';
import { commonSettings, type Service } from '@fluxwright/runtime';
import { decoder, registrySettings } from '@fluxwright/runtime/avro';
import { httpApp, httpSettings, listen } from '@fluxwright/runtime/http';
import { connectKafka, kafkaSettings, withDeadLetters } from '@fluxwright/runtime/kafka';
import { z } from 'zod';
import { version } from '../package.json';
import { print } from './print';

const settings = z.object({
  ...commonSettings,
  ...httpSettings(8080),
  ...kafkaSettings,
  ...registrySettings,
  TOPIC: z.string().describe('the topic to read'),
  GROUP: z.string().default('worker').describe('the consumer group to read in'),
  DEAD_LETTER_TOPIC: z
    .string()
    .optional()
    .describe('where messages go that cannot be handled; <TOPIC>.dead-letters without it'),
});

/** The worker: reads messages from Kafka and prints them. */
export const program = {
  name: 'worker',
  version,
  settings,
  async start(service: Service, given: z.infer<typeof settings>): Promise<void> {
    const { TOPIC: topic, GROUP: group, DEAD_LETTER_TOPIC: deadLetters = `${topic}.dead-letters` } = given;
    const kafka = connectKafka(service, given);
    const handle = print(service, decoder(given, messageFormat(topic)));
    kafka.subscribe({ topic, group }, withDeadLetters(service, kafka, deadLetters, handle));
    await listen(service, httpApp(service), given);
  },
};
