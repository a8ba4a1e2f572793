import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBench } from '../../../world/gates/testing/bench.ts';
import { slow, without } from '../../../world/gates/testing/tools.ts';

/** Says how it goes about writing into the build cache. */
const WRITES = `package m

import (
	"os"
	"testing"
)

func TestA(t *testing.T) { t.Fatal(os.WriteFile(os.Getenv("GOCACHE")+"/ff/poison", nil, 0o644)) }
`;
const trees = {
  t: {
    'go.mod': 'module example.com/m\n\ngo 1.21\n',
    'a_test.go':
      'package m\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Run("sub one", func(t *testing.T) {}) }\n',
    'b_test.go': 'package m_test\n\nimport "testing"\n\nfunc TestB(t *testing.T) {}\n',
  },
  writes: { 'go.mod': 'module example.com/w\n', 'a_test.go': WRITES },
};

test(
  'go test: its tests, a canary, and a build cache that no test can write to',
  { skip: without('go', 'version') || slow },
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

    const writes = await bench.run('go test ./...', 'writes', { purpose: 'baseline' });
    assert.match(writes.tail, writes.sandbox.kind === 'none' ? /a_test\.go/ : /ff\/poison: read-only file system/);
    assert.deepEqual(await bench.leftovers(), []);
  },
);
