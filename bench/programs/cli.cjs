'use strict';

// The command line as a published package has it: in this repository `bin/` runs the sources.
void require('../../lib/cli/main.js').main(process.argv);
