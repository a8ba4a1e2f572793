import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

test('a gate that runs few of very many test files has its canary in those', async (t) => {
  const others = Array.from(
    { length: 205 },
    (_, index) =>
      [`test/a/other-${index}.test.js`, "import { test } from 'node:test';\n\ntest('other', () => {});\n"] as const,
  );
  const m = await machine(t, {
    ...javascript.files,
    ...Object.fromEntries(others),
    'package.json': JSON.stringify({
      name: 'few',
      private: true,
      type: 'module',
      scripts: { test: 'node --test test/*.test.js' },
    }),
  });
  const agent = m.agent({
    turns: [{ steps: [{ edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } }] }],
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
});
