export * from './memory-kafka';
export * from './memory-nats';
export * from './service';
