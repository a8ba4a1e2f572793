import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine } from './support/machine.ts';

const GATES =
  '[[gates]]\nname = "test"\ncommand = "node --test"\n\n[[gates]]\nname = "some"\n' +
  'command = "node --test --test-name-pattern plain"\n\n[[gates]]\nname = "lint"\n' +
  'command = "node --check src/add.js"\nnetwork = true\ninputs = ["src/**", "!src/generated"]\n';

test('explain says which reader, canary, overlay, sandbox and cache key, and why', async (t) => {
  const m = await machine(t, { ...javascript.files, '.npmrc': 'fund=false\n', '.omk/gates.toml': GATES });
  const { code, out } = await m.omk(['gates', 'explain']);
  assert.equal(code, 0);
  const [head = '', whole = '', some = '', lint = ''] = out.split('\n\n');
  assert.match(head, /^sandbox {3}\S/m);
  assert.match(head, /tests {6}2: test\/add\.test\.js, test\/plain\.test\.js/);
  assert.match(head, /settings {3}1: \.npmrc/);
  assert.match(head, /in part {4}1: package\.json/);
  assert.match(head, /never without a person: \.omk\/gates\.toml/);
  assert.match(
    whole,
    new RegExp(
      String.raw`reader {3}node-test[\s\S]*canary {3}a test that must fail, planted in test\/[\s\S]` +
        String.raw`*cache {4}(key [0-9a-f]{16}, nothing kept|none: without a sandbox)`,
    ),
  );
  assert.match(some, /canary {3}none: the command selects tests or stops at the first failure \(--test-name-pattern/);
  assert.match(
    lint,
    new RegExp(
      String.raw`reader {3}exit_only[\s\S]*canary {3}none: no tests are counted[\s\S]` +
        String.raw`*network {2}allowed[\s\S]*inputs {3}src\/\*\* but src\/generated\n[\s\S]` +
        String.raw`*cache {4}none: a gate with network`,
    ),
  );

  const { overlay, gates } = JSON.parse((await m.omk(['gates', 'explain', '--json'])).out);
  assert.deepEqual(overlay, {
    test: ['test/add.test.js', 'test/plain.test.js'],
    runner: ['.npmrc'],
    manifest: ['package.json'],
    policy: ['.omk/gates.toml'],
  });
  assert.deepEqual(
    gates.map((each: { canary: { kind: string } }) => each.canary.kind),
    ['planted', 'none', 'none'],
  );
});
