const base = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/lab/**/*.test.ts'],
  testSequencer: require.resolve('./sequencer.js'),
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
