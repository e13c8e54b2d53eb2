const base = require('../../jest.config.js');

/** The stores against a real PostgreSQL, which the setup starts on the loopback interface. */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/services/*/test/**/*.postgres.ts'],
  globalSetup: '<rootDir>/services/graphql-runtime/test/postgres/start.ts',
  globalTeardown: '<rootDir>/services/graphql-runtime/test/postgres/stop.ts',
};
