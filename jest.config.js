/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/services/*/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/lab/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/systems/',
  ],
  transform: {
    '^.+\\.[tj]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!@hpcc-js/wasm-graphviz/)'],
  moduleNameMapper: {
    '^fluxwright$': '<rootDir>/src/index.ts',
    '^fluxwright/testing$': '<rootDir>/src/testing.ts',
    '^fluxwright/lab$': '<rootDir>/src/lab/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/lib/'],
  // Left to itself Jest keeps one processor free: with two of them that is half of the machine.
  maxWorkers: '100%',
  // Not a measure of anything: a machine that is busy with other things is slow, and nothing is wrong.
  testTimeout: 180_000,
};
