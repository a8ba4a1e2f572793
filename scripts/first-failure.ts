import { globSync } from 'node:fs';
import { run } from 'node:test';

/**
 * Runs the tests of the domain in one process, quick ones first, and ends at the first failure: for mutation testing, where
 * this runs once for each mutant and a failure is the usual end.
 */
const SLOW = [/canonical/, /text\.test/, /simulation/];
const rank = (file: string): number => SLOW.findIndex((pattern) => pattern.test(file));

// Fewer generated worlds for each mutant; `npm test` has them all.
process.env['OMK_FC_RUNS'] ??= '40';

const files = globSync('src/domain/**/*.test.ts').sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
if (files.length === 0) throw new Error('there are no tests');
const stream = run({ files, isolation: 'none', concurrency: false });
stream.on('test:fail', () => process.exit(1));
stream.resume();
