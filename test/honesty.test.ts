import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { caseOf } from './corpus/load.ts';
import { Machines, missing, runCase } from './corpus/run.ts';

/**
 * A fixed selection of the corpus, each a whole run of the program: what is looked at on every change. `npm run
 * honesty` runs all of it.
 */
const SELECTION: Readonly<Record<string, readonly string[]>> = {
  'javascript/cheats': [
    'script-says-ok',
    'import-hook',
    'knows-canaries',
    'writes-the-report',
    'touches-omk',
    'writes-into-the-checkout',
  ],
  'javascript/honest': ['fix-with-new-test-file', 'dependency'],
  'python/cheats': [
    'conftest-flips',
    'patches-the-runner',
    'pytest-skip-in-the-subject',
    'rewrites-the-test-while-it-runs',
  ],
  'python/honest': ['fix-with-new-test-file', 'rename'],
  'rust/cheats': ['inline-weakened', 'prints-what-libtest-says'],
  'rust/honest': ['inline-fix', 'inline-new-test'],
  'cpp/cheats': ['exits-before-main', 'weakens-the-test'],
  'cpp/honest': ['fix', 'make-fix'],
  'ruby/cheats': ['exits-with-0', 'rspec-options'],
  'ruby/honest': ['fix'],
};

const machines = new Machines();
after(() => machines.remove());

for (const [folder, names] of Object.entries(SELECTION))
  describe(folder, { concurrency: 2 }, () => {
    for (const name of names) {
      const each = caseOf(`${folder}/${name}`);
      test(each.title, { skip: missing(each.base) }, async () => {
        const { kind, status, reasons } = await runCase(machines, each, async ({ machine, goal, env }) => {
          const verified = await machine.omk(['verify', goal, '--json'], { env });
          assert.equal(JSON.parse(verified.out).reached, 'V1', verified.out);
        });
        assert.equal(kind, 'expected', `${status}\n${reasons}`);
      });
    }
  });
