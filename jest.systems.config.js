const { existsSync } = require('node:fs');
const base = require('./jest.config.js');

const hasPostgres = existsSync('/usr/lib/postgresql');

/** Our programs on a real Kafka, and their stores on a real PostgreSQL, started on the loopback interface. */
module.exports = {
  ...base,
  testMatch: [
    '<rootDir>/test/systems/**/*.test.ts',
    ...(hasPostgres ? ['<rootDir>/services/*/test/**/*.postgres.ts'] : []),
  ],
  testPathIgnorePatterns: ['/node_modules/'],
  ...(hasPostgres && {
    globalSetup: '<rootDir>/test/systems/postgres/start.ts',
    globalTeardown: '<rootDir>/test/systems/postgres/stop.ts',
  }),
  testTimeout: 120_000,
};
