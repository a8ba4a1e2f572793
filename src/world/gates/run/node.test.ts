import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import { makeBench } from '../testing/bench.ts';
import { without } from '../testing/tools.ts';

const pkg = JSON.stringify({ scripts: { test: 'node --test' } });
const lib = 'exports.add = (a, b) => a + b;';
const uses = (more = ''): string =>
  `const { test } = require('node:test');\nconst assert = require('node:assert');\nconst { add } = require('../lib.js');\ntest('adds', () => assert.equal(add(1, 2), 3));\n${more}`;

/** What a subject would do to be believed: it knows everything that its environment says. */
const DIR = `const dir = decodeURIComponent(/dir=([^ ]+)/.exec(process.env.NODE_OPTIONS)[1]); const fs = require('node:fs'); const path = require('node:path');`;
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
      `test('runs node --test itself', () => { const env = { ...process.env }; delete env.NODE_TEST_CONTEXT; require('node:child_process').execFileSync(process.execPath, ['--test', 'inner/x.test.js'], { env }); });`,
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
    'lib.js': `${DIR} for (const name of fs.readdirSync(dir)) { fs.unlinkSync(path.join(dir, name)); fs.writeFileSync(path.join(dir, name), ${FORGED}); } exports.add = () => 4; process.exit(0);`,
    'test/a.test.js': uses(),
  },
  links: {
    'package.json': pkg,
    'lib.js': `${DIR} for (const name of fs.readdirSync(dir)) { fs.unlinkSync(path.join(dir, name)); fs.symlinkSync('/etc/passwd', path.join(dir, name)); } process.exit(0);`,
    'test/a.test.js': uses(),
  },
  tampers: { 'package.json': pkg, 'lib.js': `require('node:assert').equal = () => {}; exports.add = () => 4;`, 'test/a.test.js': uses() },
  empty: { 'package.json': pkg, 'lib.js': lib, 'test/a.test.js': '' },
  plain: {
    'a.test.js': `const { test } = require('node:test');\ntest('one', () => {});`,
    'exits.test.js': `const { test } = require('node:test');\ntest('one', () => process.exit(0));`,
  },
};

for (const sandbox of ['auto', 'none'] as const) {
  describe(`node --test, sandbox ${sandbox}`, { skip: without('npm', '--version'), concurrency: 2 }, () => {
    let bench: Awaited<ReturnType<typeof makeBench>>;
    before(async () => {
      bench = await makeBench({ sandbox, trees });
    });
    after(async () => {
      assert.deepEqual(await bench.leftovers(), []);
      await bench.remove();
    });
    const passedOf = ({ report }: Measurement): readonly string[] | string =>
      report.kind === 'tests' ? report.tests.passed : report.kind === 'unreadable' ? report.why : report.kind;

    test('an honest run: its tests, its argv, and nothing left behind', async () => {
      const run = await bench.run('npm test', 'honest');
      assert.ok(run.report.kind === 'tests', JSON.stringify(run));
      assert.deepEqual(run.report.tests, { passed: ['test/a.test.js > adds'], failed: [], skipped: ['test/a.test.js > later'] });
      assert.deepEqual(run.outcome, { kind: 'exited', code: 0 });
      assert.deepEqual([run.changed, run.created, run.canary, run.layer, run.argv], [[], [], null, null, ['npm', 'test']]);
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
      assert.deepEqual(run.report.tests.failed, [`test/a.test.js > ${run.canary?.name}`]);
      assert.deepEqual(run.report.tests.passed, ['test/a.test.js > adds']);
      assert.deepEqual(run.changed, []);
    });

    test('cheat: assertion functions replaced; the test passes, and so does the canary', async () => {
      assert.deepEqual(passedOf(await bench.run('npm test', 'tampers')), ['test/a.test.js > adds']);
      const run = await bench.run('npm test', 'tampers', { canaryBase: 'honest', purpose: 'canary' });
      assert.ok(run.report.kind === 'tests');
      assert.ok(run.report.tests.passed.some((id) => id.endsWith(run.canary?.name ?? '?')));
    });

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
      const gate = { ...(await bench.gates.check('npm test', 0, bench.vault, 'honest')), reader: 'node-test' } as const;
      assert.equal(passedOf(await bench.run('', 'twice', { gate })), 'several');
    });

    test('no tests, no passes', async () => {
      assert.deepEqual(passedOf(await bench.run('npm test', 'empty')), []);
    });
  });
}
