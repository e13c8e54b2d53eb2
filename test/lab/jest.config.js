const base = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/lab/**/*.test.ts'],
  testSequencer: require.resolve('./sequencer.js'),
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  // A connection into a lab that is gone may linger for minutes, and the run with it.
  forceExit: true,
};
