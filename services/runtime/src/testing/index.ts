export * from './memory-kafka';
export * from './memory-nats';
export * from './memory-registry';
export * from './service';
export * from './until';
