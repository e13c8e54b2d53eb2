'use strict';

// Loaded before the program that is measured: writes down the most memory that its process had, in KiB.
const { appendFileSync } = require('node:fs');

process.on('exit', () => appendFileSync(process.env.BENCH_MEMORY, `${process.resourceUsage().maxRSS}\n`));
