const { writeFileSync } = require('fs');
const { tmpdir } = require('os');
const { version } = require('../src/version');

writeFileSync(`${tmpdir()}/built.txt`, version);
