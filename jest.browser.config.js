const base = require('./jest.config.js');

/** Real pages in Debian's Chromium, which `npm test` does without. */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/browser/setup.ts',
  testTimeout: 60_000,
};
