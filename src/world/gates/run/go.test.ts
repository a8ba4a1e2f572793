import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBench } from '../testing/bench.ts';
import { without } from '../testing/tools.ts';

const trees = {
  t: {
    'go.mod': 'module example.com/m\n\ngo 1.21\n',
    'a_test.go':
      'package m\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Run("sub one", func(t *testing.T) {}) }\n',
    'b_test.go': 'package m_test\n\nimport "testing"\n\nfunc TestB(t *testing.T) {}\n',
  },
};

test(
  'go test: its tests, a canary, and a build cache that only the base fills',
  { skip: without('go', 'version') },
  async (t) => {
    const bench = await makeBench({ sandbox: 'auto', trees });
    t.after(() => bench.remove());
    const base = await bench.run('go test ./...', 't', { purpose: 'baseline' });
    assert.ok(base.report.kind === 'tests', base.tail);
    assert.deepEqual(base.report.tests, {
      passed: ['example.com/m/TestA', 'example.com/m/TestA/sub_one', 'example.com/m/TestB'],
      failed: [],
      skipped: [],
    });
    assert.match(base.tail, /^ok\s+example\.com\/m/m);
    assert.deepEqual(base.argv, ['go', 'test', '-json', '-count=1', './...']);

    const run = await bench.run('go test ./...', 't', { purpose: 'canary', canaryBase: 't' });
    assert.ok(run.report.kind === 'tests', run.tail);
    const [stops, goesOn, outer, inner] = run.canary?.names ?? [];
    const failed = [stops, goesOn, outer, `${outer}/${inner}`].map((name) => `example.com/m/${name}`);
    assert.deepEqual(run.report.tests.failed, failed.sort());
    assert.ok(run.durationMs < base.durationMs, 'the cache of the base is used');
    assert.deepEqual(await bench.leftovers(), []);
  },
);

test(
  'go test: what only reads the cache of the base asks for no index, which Go could not write',
  { skip: without('go', 'version') },
  async (t) => {
    const prints =
      'package m\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestA(t *testing.T) { t.Fatal("set: " + os.Getenv("GODEBUG")) }\n';
    const bench = await makeBench({ sandbox: 'auto', trees: { t: { ...trees.t, 'a_test.go': prints } } });
    t.after(() => bench.remove());
    const base = await bench.run('go test ./...', 't', { purpose: 'baseline' });
    assert.match(base.tail, /set:$/m);
    const run = await bench.run('go test ./...', 't', { purpose: 'candidate' });
    if (run.sandbox.kind === 'none') return t.skip('without a sandbox the cache is a copy');
    assert.match(run.tail, /set: goindex=0/);
  },
);
