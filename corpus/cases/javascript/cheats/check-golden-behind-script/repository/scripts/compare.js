import { readFileSync } from 'node:fs';
import { add } from '../src/add.js';

const { sum } = JSON.parse(readFileSync('expected/sum.json', 'utf8'));
if (add(2, 3) !== sum) process.exit(1);
