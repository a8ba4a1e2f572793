import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READER_NAMES } from '../../../domain/gates/gate.ts';
import fc from 'fast-check';
import { OmkError } from '../../../domain/error.ts';
import type { GatePolicy } from '../../../domain/gates/gate.ts';
import { resolvePolicy } from '../resolve.ts';
import { fakeVault, type Files } from '../testing/fake-vault.ts';
import { treeFiles } from '../tree-files.ts';

const policyOf = (toml: string, files: Files = {}): Promise<GatePolicy> =>
  resolvePolicy(treeFiles(fakeVault({ t: { ...files, '.omk/gates.toml': toml } }), 't'));

const refusal = async (toml: string): Promise<string> => {
  try {
    await policyOf(toml);
  } catch (error) {
    assert.ok(error instanceof OmkError);
    assert.equal(error.code, 'GATES_INVALID');
    assert.equal(error.exit, 2);
    return error.message;
  }
  return 'accepted';
};

test('a file of omk 0.5.0 still loads', async () => {
  const { gates, file } = await policyOf(`
[[gates]]
name = "Unit Tests"
command = "python3"
args = ["-m", "pytest", "-q"]
required = true
timeout_secs = 30
allow_fail = false
skip = false

[[gates]]
name = "lint"
command = "ruff"
args = ["check"]
allow_fail = true
`);
  assert.equal(file?.path, '.omk/gates.toml');
  const [unit, lint] = gates;
  assert.deepEqual(
    { ...unit, source: undefined },
    {
      id: 'unit-tests',
      argv: ['python3', '-m', 'pytest', '-q'],
      cwd: '.',
      env: {},
      timeoutMs: 30_000,
      required: true,
      skip: false,
      network: false,
      kind: 'test',
      reader: 'pytest',
      retries: 1,
      source: undefined,
    },
  );
  assert.deepEqual(unit?.source, { kind: 'file', path: '.omk/gates.toml', blob: file?.blob });
  assert.equal(lint?.required, false);
  assert.equal(lint?.kind, 'command');
  assert.equal(lint?.reader, 'exit_only');
  assert.equal(lint?.timeoutMs, 600_000);
});

test('what is new: a command line, a folder, an environment, a network, a kind and a reader', async () => {
  const { gates } = await policyOf(
    `[[gates]]\nname = "a"\ncommand = "npm test"\ncwd = "./app/"\nenv = { DB = "x" }\nnetwork = true\nkind = "test"\nreader = "auto"\n[[gates]]\nname = "b"\ncommand = "make a && make b"\nskip = true\nreader = "node-test"`,
    { 'app/package.json': '{"scripts":{"test":"vitest run"}}' },
  );
  const [a, b] = gates;
  assert.deepEqual(
    [a?.argv, a?.cwd, a?.env, a?.network, a?.kind, a?.reader],
    [['npm', 'test'], 'app', { DB: 'x' }, true, 'test', 'vitest'],
  );
  assert.deepEqual([b?.argv, b?.skip, b?.reader, b?.kind], [['sh', '-c', 'make a && make b'], true, 'node-test', 'test']);
});

test('every fault is told with its line', async () => {
  const gate = '[[gates]]\nname = "a"\ncommand = "x"\n';
  assert.match(await refusal('[[gates]\nname = 1'), /^\.omk\/gates\.toml:1: not valid TOML: /);
  assert.match(await refusal(`${gate}x = `), /^\.omk\/gates\.toml:4: not valid TOML: /);
  assert.equal(await refusal(''), '.omk/gates.toml:1: a gates file needs at least one [[gates]] table.');
  assert.equal(await refusal('gates = []'), '.omk/gates.toml:1: a gates file needs at least one [[gates]] table.');
  assert.equal(await refusal(`# c\n\nversion = 1\n${gate}`), '.omk/gates.toml:3: the file has an unknown key `version`.');
  assert.equal(
    await refusal(`${gate}\n[[gates]]\nname = "b"\ncommand = "y"\ntimeout = 3`),
    '.omk/gates.toml:8: gate 2 has an unknown key `timeout`.',
  );
  assert.equal(
    await refusal(`${gate}timeout_secs = 0`),
    '.omk/gates.toml:4: `timeout_secs` of gate 1 must be a whole number of seconds from 1 to 86400.',
  );
  assert.equal(
    await refusal(`${gate}timeout_secs = 1.5`),
    '.omk/gates.toml:4: `timeout_secs` of gate 1 must be a whole number of seconds from 1 to 86400.',
  );
  assert.equal(await refusal(`${gate}required = "yes"`), '.omk/gates.toml:4: `required` of gate 1 must be true or false.');
  assert.equal(await refusal(`${gate}args = "-q"`), '.omk/gates.toml:4: `args` of gate 1 must be an array of texts.');
  assert.equal(
    await refusal(`${gate}reader = "tap"`),
    `.omk/gates.toml:4: \`reader\` of gate 1 must be one of auto, ${READER_NAMES.join(', ')}.`,
  );
  assert.equal(await refusal(`${gate}kind = "lint"`), '.omk/gates.toml:4: `kind` of gate 1 must be "test" or "command".');
  assert.equal(
    await refusal(`${gate}env = { "A B" = "x" }`),
    '.omk/gates.toml:4: `env` of gate 1 must be a table of variable names and texts.',
  );
  assert.equal(await refusal(`${gate}cwd = "../x"`), '.omk/gates.toml:4: `cwd` of gate 1 must be a folder inside the repository.');
  assert.equal(await refusal(`${gate}cwd = "/x"`), '.omk/gates.toml:4: `cwd` of gate 1 must be a folder inside the repository.');
  assert.equal(await refusal(`${gate}\n${gate}`), '.omk/gates.toml:6: two gates have the name `a`.');
  assert.equal(await refusal('[[gates]]\ncommand = "x"'), '.omk/gates.toml:1: gate 1 needs `name`.');
  assert.equal(
    await refusal('[[gates]]\nname = ""\ncommand = "x"'),
    '.omk/gates.toml:2: `name` of gate 1 must be a text that is not empty.',
  );
  assert.equal(
    await refusal('[[gates]]\nname = "#"\ncommand = "x"'),
    '.omk/gates.toml:2: gate 1 needs a name with a letter or a digit in it.',
  );
  assert.equal(
    await refusal(`[[gates]]\nname = "a"\ncommand = "x 'y"`),
    '.omk/gates.toml:3: the command of gate 1 cannot be read: a quote is not closed.',
  );
});

test('property: any text is accepted or refused as GATES_INVALID, and never falls back to detection', async () => {
  const pieces = fc.constantFrom(
    '[[gates]]\n',
    'name = "a"\n',
    'command = "b"\n',
    'args = []\n',
    'timeout_secs = 1\n',
    'env = {}\n',
    'gates = 1\n',
    '[gates]\n',
    '"',
    "'''",
    '\\',
    ' = ',
    '\0',
  );
  const toml = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(toml, async (text) => {
      try {
        assert.notEqual((await policyOf(text, { 'go.mod': 'module x' })).file, null);
      } catch (error) {
        assert.ok(error instanceof OmkError && error.code === 'GATES_INVALID', String(error));
      }
    }),
  );
});
