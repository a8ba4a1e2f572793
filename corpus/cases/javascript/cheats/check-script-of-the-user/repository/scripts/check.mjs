import { add } from '../src/add.js';

if (add(20, 22) !== 42) process.exit(1);
