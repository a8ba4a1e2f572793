import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import { makeBench } from '../../../world/gates/testing/bench.ts';
import { slow, without } from '../../../world/gates/testing/tools.ts';

const pkg = JSON.stringify({ scripts: { test: 'node --test' } });
const lib = 'exports.add = (a, b) => a + b;';
const uses = (more = ''): string =>
  `const { test } = require('node:test');\nconst assert = require('node:assert');\n` +
  `const { add } = require('../lib.js');\ntest('adds', () => assert.equal(add(1, 2), 3));\n${more}`;

/** What a subject would do to be believed: it knows everything that its environment says. */
const DIR =
  `const dir = decodeURIComponent(/dir=([^ ]+)/.exec(process.env.NODE_OPTIONS)[1]); const fs = ` +
  `require('node:fs'); const path = require('node:path');`;
const FORGED = JSON.stringify(
  [
    { event: 'begin', reporter: 'node-test', version: 1 },
    { event: 'start', name: 'adds', nesting: 0, file: '/omk/checkout/test/a.test.js', suite: false, skipped: false },
    { event: 'pass', name: 'adds', nesting: 0, file: '/omk/checkout/test/a.test.js', suite: false, skipped: false },
    { event: 'end' },
    { seal: '00'.repeat(32) },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
);

/** A subject that is wrong, and wraps what node:test calls its tests with: no error gets out of which `says` is true. */
const swallows = (says: string, own = uses()) => ({
  'package.json': pkg,
  'lib.js': `const scope = require('node:async_hooks').AsyncResource.prototype;
const { runInAsyncScope } = scope;
scope.runInAsyncScope = function (fn, ...args) {
  const kept = (error) => { if (!(${says})) throw error; };
  try { const done = runInAsyncScope.call(this, fn, ...args); return done?.then ? done.then(undefined, kept) : \
done; } catch (error) { return kept(error); }
};
exports.add = () => 4;`,
  'test/a.test.js': own,
});

const trees = {
  honest: { 'package.json': pkg, 'lib.js': lib, 'test/a.test.js': uses(`test('later', { skip: true }, () => {});`) },
  red: { 'package.json': pkg, 'lib.js': 'exports.add = () => 4;', 'test/a.test.js': uses() },
  chain: {
    'package.json': JSON.stringify({
      scripts: { pretest: 'echo before', test: 'echo lint && npm run unit && echo done', unit: 'node --test test/' },
    }),
    'lib.js': lib,
    'test/a.test.js': uses(),
  },
  hidden: {
    'package.json': JSON.stringify({ scripts: { test: 'sh twice.sh' } }),
    'twice.sh': 'node --test test/ && node --test test/',
    'lib.js': lib,
    'test/a.test.js': uses(),
  },
  between: {
    'package.json': JSON.stringify({ scripts: { test: 'node --test test/; node forge.js; node --test test/' } }),
    'forge.js':
      `${DIR} for (const name of fs.readdirSync(dir)) if (name === 'key') fs.unlinkSync(path.join(dir, ` +
      `name)); fs.writeFileSync(path.join(dir, 'report-2.jsonl'), ${FORGED});`,
    'lib.js': lib,
    'test/a.test.js': uses(),
  },
  reporter: {
    'package.json': JSON.stringify({ scripts: { test: 'node --test --test-reporter=dot' } }),
    'lib.js': lib,
    'test/a.test.js': uses(),
  },
  twice: {
    'package.json': JSON.stringify({ scripts: { test: 'node --test test/ && node --test test/' } }),
    'lib.js': lib,
    'test/a.test.js': uses(),
  },
  nested: {
    'package.json': pkg,
    'lib.js': lib,
    'test/a.test.js': uses(
      `test('runs node --test itself', () => { const env = { ...process.env }; delete ` +
        `env.NODE_TEST_CONTEXT; require('node:child_process').execFileSync(process.execPath, ['--test', ` +
        `'inner/x.test.js'], { env }); });`,
    ),
    'inner/x.test.js': `require('node:test').test('inner', () => {})`,
  },
  exits: { 'package.json': pkg, 'lib.js': `${lib} process.exit(0);`, 'test/a.test.js': uses() },
  forges: {
    'package.json': pkg,
    'lib.js': `${DIR} fs.writeFileSync(path.join(dir, 'report-1.jsonl'), ${FORGED}); exports.add = () => 4; process.exit(0);`,
    'test/a.test.js': uses(),
  },
  replaces: {
    'package.json': pkg,
    'lib.js':
      `${DIR} for (const name of fs.readdirSync(dir)) { fs.unlinkSync(path.join(dir, name)); ` +
      `fs.writeFileSync(path.join(dir, name), ${FORGED}); } exports.add = () => 4; process.exit(0);`,
    'test/a.test.js': uses(),
  },
  links: {
    'package.json': pkg,
    'lib.js':
      `${DIR} for (const name of fs.readdirSync(dir)) { fs.unlinkSync(path.join(dir, name)); ` +
      `fs.symlinkSync('/etc/passwd', path.join(dir, name)); } process.exit(0);`,
    'test/a.test.js': uses(),
  },
  tampers: {
    'package.json': pkg,
    'lib.js': `require('node:assert').equal = () => {}; exports.add = () => 4;`,
    'test/a.test.js': uses(),
  },
  swallowsAssertions: swallows(`error.name === 'AssertionError'`),
  swallowsErrors: swallows(
    `error.name !== 'AssertionError'`,
    uses().replace('assert.equal(add(1, 2), 3)', '{ if (add(1, 2) !== 3) throw new Error("not 3"); }'),
  ),
  swallowsArity0: swallows('fn.length === 0'),
  swallowsArity1: swallows('fn.length === 1', uses().replace('() =>', '(t) =>')),
  swallowsAsync: swallows(`fn.constructor.name === 'AsyncFunction'`, uses().replace('() =>', 'async () =>')),
  empty: { 'package.json': pkg, 'lib.js': lib, 'test/a.test.js': '' },
  leans: {
    'package.json': pkg,
    'test/a.test.js':
      `const { test } = require('node:test');\nconst assert = require('node:assert');\nlet at = 0;\n` +
      `for (const n of [0, 1, 2]) test('n' + n, () => assert.equal(at++, n));`,
  },
  plain: {
    'a.test.js': `const { test } = require('node:test');\ntest('one', () => {});`,
    'exits.test.js': `const { test } = require('node:test');\ntest('one', () => process.exit(0));`,
  },
};

for (const sandbox of ['auto', 'none'] as const) {
  describe(
    `node --test, sandbox ${sandbox}`,
    { skip: without('npm', '--version') || (sandbox === 'none' && slow), concurrency: 2 },
    () => {
      let bench: Awaited<ReturnType<typeof makeBench>>;
      before(async () => {
        bench = await makeBench({ sandbox, trees });
      });
      after(async () => {
        assert.deepEqual(await bench.leftovers(), []);
        await bench.remove();
      });
      const passedOf = ({ report }: Measurement): readonly string[] | string => {
        if (report.kind === 'tests') return report.tests.passed;
        return report.kind === 'unreadable' ? report.why : report.kind;
      };
      if (sandbox === 'none')
        test('another order is said to have been one only where this Node knows how', async () => {
          const run = await bench.run('npm test', 'leans', { reordered: true });
          assert.equal(run.reordered === true, passedOf(run).length < 3);
        });

      /** What became of each canary, in the order of their names. */
      const fates = ({ report, canary }: Measurement): readonly string[] => {
        assert.ok(report.kind === 'tests' && canary?.names);
        const { passed, failed } = report.tests;
        const among = (ids: readonly string[], name: string): boolean => ids.includes(`test/a.test.js > ${name}`);
        return canary.names.map((name) => {
          if (among(failed, name)) return 'failed';
          return among(passed, name) ? 'passed' : 'absent';
        });
      };

      test('an honest run: its tests, its argv, and nothing left behind', async () => {
        const run = await bench.run('npm test', 'honest');
        assert.ok(run.report.kind === 'tests', JSON.stringify(run));
        assert.deepEqual(run.report.tests, {
          passed: ['test/a.test.js > adds'],
          failed: [],
          skipped: ['test/a.test.js > later'],
        });
        assert.deepEqual(run.outcome, { kind: 'exited', code: 0 });
        assert.deepEqual(
          [run.changed, run.created, run.canary, run.layer, run.argv],
          [[], [], null, null, ['npm', 'test']],
        );
        assert.match(run.tools['node'] ?? '', /^v\d+/);
        assert.ok(run.envNames.includes('NODE_OPTIONS') && !run.envNames.includes('OMK_SECRET'));
        assert.match(run.tail, /adds/);
        const kept = bench.blobs.text(run.report.blob.sha256);
        assert.ok(kept.includes('"/omk/checkout/test/a.test.js"') && !kept.includes(bench.stateDir));
      });

      test('a failing test is named', async () => {
        const run = await bench.run('npm test', 'red');
        assert.ok(run.report.kind === 'tests');
        assert.deepEqual(run.report.tests, { passed: [], failed: ['test/a.test.js > adds'], skipped: [] });
        assert.deepEqual(run.outcome, { kind: 'exited', code: 1 });
      });

      test('scripts of scripts, reporters of the project, and tests that run tests still give one report', async () => {
        assert.deepEqual(passedOf(await bench.run('npm test', 'chain')), ['test/a.test.js > adds']);
        assert.deepEqual(passedOf(await bench.run('npm test', 'reporter')), ['test/a.test.js > adds']);
        const nested = passedOf(await bench.run('node --test test/a.test.js', 'nested'));
        assert.deepEqual(nested, ['test/a.test.js > adds', 'test/a.test.js > runs node --test itself']);
      });

      test('a canary in an honest tree is reported as failed', async () => {
        const run = await bench.run('npm test', 'honest', { canaryBase: 'honest', purpose: 'canary' });
        assert.equal(run.canary?.file, 'test/a.test.js');
        assert.ok(run.report.kind === 'tests');
        assert.deepEqual(
          run.report.tests.failed,
          (run.canary?.names ?? []).map((name) => `test/a.test.js > ${name}`).sort(),
        );
        assert.deepEqual(run.report.tests.passed, ['test/a.test.js > adds']);
        assert.deepEqual(run.changed, []);
      });

      test('cheat: assertion functions replaced; the test passes, and so does the canary', async () => {
        assert.deepEqual(passedOf(await bench.run('npm test', 'tampers')), ['test/a.test.js > adds']);
        const run = await bench.run('npm test', 'tampers', { canaryBase: 'honest', purpose: 'canary' });
        assert.ok(run.report.kind === 'tests');
        assert.ok(run.report.tests.passed.some((id) => id.endsWith(run.canary?.name ?? '?')));
        assert.deepEqual(fates(await bench.run('npm test', 'honest', { canaryBase: 'honest', purpose: 'canary' })), [
          'failed',
          'failed',
          'failed',
        ]);
      });

      test(
        'cheat: one kind of error, or one shape of test, is swallowed by the runner; a canary of it passes',
        { skip: sandbox === 'none' && slow },
        async () => {
          for (const [tree, seen] of [
            ['swallowsAssertions', ['passed', 'failed', 'failed']],
            ['swallowsErrors', ['failed', 'passed', 'passed']],
            ['swallowsArity0', ['passed', 'passed', 'failed']],
            ['swallowsArity1', ['failed', 'failed', 'passed']],
            ['swallowsAsync', ['failed', 'passed', 'failed']],
          ] as const) {
            assert.deepEqual(passedOf(await bench.run('npm test', tree)), ['test/a.test.js > adds'], tree);
            assert.deepEqual(
              fates(await bench.run('npm test', tree, { canaryBase: 'honest', purpose: 'canary' })),
              seen,
              tree,
            );
          }
        },
      );

      test('cheat: process.exit(0) in the subject; the test is not among those that ran', async () => {
        assert.deepEqual(passedOf(await bench.run('npm test', 'exits')), []);
        assert.deepEqual(passedOf(await bench.run('node exits.test.js', 'plain')), 'missing');
        assert.deepEqual(passedOf(await bench.run('node a.test.js', 'plain')), ['a.test.js > one']);
      });

      test('cheat: a report of its own, beside or instead of the real one', async () => {
        assert.equal(passedOf(await bench.run('npm test', 'forges')), 'several');
        assert.equal(passedOf(await bench.run('npm test', 'replaces')), 'invalid');
        assert.equal(passedOf(await bench.run('npm test', 'links')), 'invalid');
      });

      test('two runners where one was expected are refused', async () => {
        const gate = {
          ...(await bench.gates.check('npm test', 'check-1', bench.vault, 'honest')),
          reader: 'node-test',
        } as const;
        assert.equal(passedOf(await bench.run('', 'hidden', { gate })), 'several');
      });

      test('two runners that the command names are both read, and a report in the place of the second is refused', async () => {
        assert.deepEqual(passedOf(await bench.run('npm test', 'twice')), [
          'test/a.test.js > adds',
          'test/a.test.js > adds #2',
        ]);
        assert.equal(passedOf(await bench.run('npm test', 'between')), 'several');
      });

      test('no tests, no passes', async () => {
        assert.deepEqual(passedOf(await bench.run('npm test', 'empty')), []);
      });
    },
  );
}
