#!/usr/bin/env node
'use strict';

// In a checkout the sources are the truth; a published package has only what was built from them.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '..', 'src', 'cli', 'main.ts');
if (existsSync(source)) {
  require('tsx/cjs');
  require(source).main(process.argv);
} else {
  void require('../lib/cli/main.js').main(process.argv);
}
