import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBench } from '../testing/bench.ts';
import { without } from '../testing/tools.ts';

const LOOK =
  "const fs = require('fs'); const age = (name) => [fs.statSync(name).mtimeMs, name]; " +
  "process.stdout.write(fs.readdirSync('.').map(age).sort(([a], [b]) => a - b).map(([, name]) => " +
  "name).join(' '))";
const BASE = { 'a.c': '1', 'look.js': LOOK };
const CANDIDATE = { ...BASE, 'a.c': '2', 'a.o': 'made\0', 'new.c': '3' };

const benchOf = (sandbox: 'auto' | 'none') => makeBench({ sandbox, trees: { base: BASE, candidate: CANDIDATE } });

for (const [sandbox, skip] of [
  ['none', false],
  ['auto', without('bwrap', '--ro-bind', '/', '/', 'true')],
] as const)
  test(
    `T13 what a candidate adds is older than what the base has, and binaries are oldest: sandbox ${sandbox}`,
    { skip },
    async (t) => {
      const { run, remove } = await benchOf(sandbox);
      t.after(remove);
      await run('node look.js', 'base', { purpose: 'baseline', base: 'base' });
      for (const purpose of ['contract', 'canary'] as const) {
        const { tail, changed, outcome } = await run('node look.js', 'candidate', { purpose, base: 'base' });
        assert.match(tail.trim(), /^a\.o new\.c (a\.c look\.js|look\.js a\.c)$/, purpose);
        assert.deepEqual([changed, outcome], [[], { kind: 'exited', code: 0 }]);
      }
    },
  );

test(
  'T13 make does not take what the candidate brought along for made',
  { skip: without('make', '--version') },
  async (t) => {
    const base = { 'src/a': 'wrong', Makefile: 'check: src/b\n\tgrep right src/b\nsrc/b: src/a\n\tcp src/a src/b\n' };
    const { run, remove } = await makeBench({
      sandbox: 'auto',
      trees: { base, candidate: { ...base, 'src/b': 'right' } },
    });
    t.after(remove);
    assert.deepEqual((await run('make check', 'candidate', { base: 'base' })).outcome, { kind: 'exited', code: 2 });
    assert.deepEqual(
      (await run('make check', 'candidate')).outcome,
      { kind: 'exited', code: 0 },
      'what this is against',
    );
  },
);
