import { createRanking } from '../../services/ratings-consumer/src/ranking';
import { countRatings } from '../../services/ratings-consumer/src/read';
import { site as consumerSite } from '../../services/ratings-consumer/src/site';
import { ratingFormat, voices } from '../../services/ratings-producer/src/rating';
import { createRatings } from '../../services/ratings-producer/src/ratings';
import { site as producerSite } from '../../services/ratings-producer/src/site';
import { decoder, encoder } from '../../services/runtime/src/avro';
import { memoryKafka, testService } from '../../services/runtime/src/testing';
import { serve } from './serve';

const topic = 'erboh-ratings';

/** Both programs over one Kafka in memory, with their pages on loopback. */
export async function openRatings() {
  const kafka = memoryKafka();
  const format = ratingFormat(topic);
  const [producer, consumer] = [testService('ratings-producer'), testService('ratings-consumer')];
  const reading = consumer.readiness.need('kafka', 'connecting');
  reading.met();
  const ratings = createRatings({ kafka, topic, encode: encoder(producer, {}, format) });
  // One voice that nobody knows has room.
  const ranking = createRanking(voices, voices.length + 1);
  kafka.subscribe(
    { topic, group: 'voiceRatingConsumer' },
    countRatings(consumer, ranking, decoder({}, format)),
  );
  return {
    kafka,
    reading,
    /** Publishes ratings in their plain form, as any other program might. */
    publish: (...lines: readonly string[]) =>
      kafka.publish(
        topic,
        lines.map((line) => ({ value: Buffer.from(line) })),
      ),
    producer: await serve(producerSite(producer, ratings, topic)),
    consumer: await serve(consumerSite(consumer, ranking, topic)),
  };
}
