import { join } from 'node:path';
import { violations } from './rooms/check.ts';
import { ROOMS } from './rooms/rules.ts';

/** Checks that the picture of the rooms in docs/architecture.md is true. */
const found = violations(join(import.meta.dirname, '..', 'src'), ROOMS);
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
