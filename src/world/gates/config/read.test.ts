import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { READER_NAMES } from '../../../domain/gates/reader-names.ts';
import { fc } from '../../../domain/testing/fast-check.ts';
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
  const { gates, file } = await policyOf(readFileSync(new URL('./fixtures/0.5.0.toml', import.meta.url), 'utf8'));
  assert.equal(file?.path, '.omk/gates.toml');
  const [unit, lint, docs] = gates;
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
  assert.deepEqual(
    [docs?.timeoutMs, docs?.required, docs?.skip],
    [600_000, false, true],
    'what is left out or 0 is the default',
  );
});

test('what is new: a command line, a folder, an environment, a network, a kind and a reader', async () => {
  const { gates } = await policyOf(
    `[[gates]]\nname = "a"\ncommand = "npm test"\ncwd = "./app/"\nenv = { DB = "x" }\nnetwork = true\n` +
      `kind = "test"\nreader = "auto"\n[[gates]]\nname = "b"\ncommand = "make a && make b"\nskip = true\n` +
      `reader = "node-test"`,
    { 'app/package.json': '{"scripts":{"test":"vitest run"}}' },
  );
  const [a, b] = gates;
  assert.deepEqual(
    [a?.argv, a?.cwd, a?.env, a?.network, a?.kind, a?.reader],
    [['npm', 'test'], 'app', { DB: 'x' }, true, 'test', 'vitest'],
  );
  assert.deepEqual(
    [b?.argv, b?.skip, b?.reader, b?.kind],
    [['sh', '-c', 'make a && make b'], true, 'node-test', 'test'],
  );
});

test('every fault is told with its line', async () => {
  const gate = '[[gates]]\nname = "a"\ncommand = "x"\n';
  assert.match(await refusal('[[gates]\nname = 1'), /^\.omk\/gates\.toml:1: not valid TOML: /);
  assert.match(await refusal(`${gate}x = `), /^\.omk\/gates\.toml:4: not valid TOML: /);
  assert.equal(await refusal(''), '.omk/gates.toml:1: a gates file needs at least one [[gates]] table.');
  assert.equal(await refusal('gates = []'), '.omk/gates.toml:1: a gates file needs at least one [[gates]] table.');
  assert.equal(
    await refusal(`# c\n\nversion = 1\n${gate}`),
    '.omk/gates.toml:3: the file has an unknown key `version`.',
  );
  assert.equal(
    await refusal(`${gate}\n[[gates]]\nname = "b"\ncommand = "y"\ntimeout = 3`),
    '.omk/gates.toml:8: gate 2 has an unknown key `timeout`; did you mean `timeout_secs`?',
  );
  assert.equal(
    await refusal(`${gate}timeout_secs = -1`),
    '.omk/gates.toml:4: `timeout_secs` of gate 1 must be a whole number of seconds from 0 to 86400.',
  );
  assert.equal(
    await refusal(`${gate}timeout_secs = 1.5`),
    '.omk/gates.toml:4: `timeout_secs` of gate 1 must be a whole number of seconds from 0 to 86400.',
  );
  assert.equal(
    await refusal(`${gate}required = "yes"`),
    '.omk/gates.toml:4: `required` of gate 1 must be true or false.',
  );
  assert.equal(await refusal(`${gate}args = "-q"`), '.omk/gates.toml:4: `args` of gate 1 must be an array of texts.');
  assert.equal(
    await refusal(`${gate}reader = "splendid"`),
    `.omk/gates.toml:4: \`reader\` of gate 1 must be one of auto, ${READER_NAMES.join(', ')}.`,
  );
  assert.equal(
    await refusal(`${gate}kind = "lint"`),
    '.omk/gates.toml:4: `kind` of gate 1 must be "test" or "command".',
  );
  assert.equal(
    await refusal(`${gate}env = { "A B" = "x" }`),
    '.omk/gates.toml:4: `env` of gate 1 must be a table of variable names and texts.',
  );
  assert.equal(
    await refusal(`${gate}cwd = "../x"`),
    '.omk/gates.toml:4: `cwd` of gate 1 must be a folder inside the repository.',
  );
  assert.equal(
    await refusal(`${gate}cwd = "/x"`),
    '.omk/gates.toml:4: `cwd` of gate 1 must be a folder inside the repository.',
  );
  assert.equal(await refusal(`${gate}\n${gate}`), '.omk/gates.toml:6: two gates have the name `a`.');
  assert.equal(
    await refusal('[[gates]]\nname = "a"\ncomand = "x"'),
    '.omk/gates.toml:3: gate 1 has an unknown key `comand`; did you mean `command`?',
  );
  assert.equal(await refusal('[[gates]]\ncommand = "x"'), '.omk/gates.toml:1: gate 1 needs `name`.');
  assert.equal(
    await refusal('[[gates]]\nname = ""\ncommand = "x"'),
    '.omk/gates.toml:2: `name` of gate 1 must be a text that is not empty.',
  );
  assert.equal(
    await refusal(`[[gates]]\nname = "a"\ncommand = "x 'y"`),
    '.omk/gates.toml:3: the command of gate 1 cannot be read: a quote is not closed.',
  );
});

test('names as 0.5.0 took them: any that are not empty and not equal', async () => {
  const idsOf = async (...names: readonly string[]): Promise<readonly string[]> =>
    (await policyOf(names.map((name) => `[[gates]]\nname = "${name}"\ncommand = "x"\n`).join(''))).gates.map(
      ({ id }) => id,
    );
  assert.deepEqual(await idsOf('Unit Tests', 'lint'), ['unit-tests', 'lint']);
  const [capital, plain] = await idsOf('Test', 'test');
  assert.match(capital ?? '', /^test-[0-9a-f]{8}$/);
  assert.equal(plain, 'test');
  assert.deepEqual(await idsOf('test', 'Test'), [plain, capital], 'the order changes nothing');
  const others = await idsOf('тест', '测试', '#', 'тест 1', 'сборка 1');
  assert.equal(new Set(others).size, 5);
  for (const id of others) assert.match(id, /^(?:gate|1)-[0-9a-f]{8}$/);
  assert.deepEqual(await idsOf('тест'), others.slice(0, 1), 'nor do other gates');
  assert.equal(
    await refusal('[[gates]]\nname = "тест"\ncommand = "x"\n'.repeat(2)),
    '.omk/gates.toml:5: two gates have the name `тест`.',
  );
});

test('services are read, and their faults are told with their own line', async () => {
  const head = '[[gates]]\nname = "a"\ncommand = "x"\n[[gates.services]]\nname = "DB"\ncommand = "db -p 1"\n';
  const { gates } = await policyOf(
    `${head}ready = "db-ready"\ncwd = "./db/"\n[[gates.services]]\nname = "web"\ncommand = "web"\n` +
      `args = ["a b"]\nready = "curl -f x | grep y"\nready_timeout_secs = 5\n`,
  );
  assert.deepEqual(gates[0]?.services, [
    { name: 'db', argv: ['db', '-p', '1'], ready: ['db-ready'], readyTimeoutMs: 30_000, cwd: 'db' },
    { name: 'web', argv: ['web', 'a b'], ready: ['sh', '-c', 'curl -f x | grep y'], readyTimeoutMs: 5000, cwd: '.' },
  ]);
  assert.equal(await refusal(head), '.omk/gates.toml:4: service 1 of gate 1 needs `ready`.');
  assert.equal(
    await refusal(`${head}ready = 1`),
    '.omk/gates.toml:7: `ready` of service 1 of gate 1 must be a text that is not empty.',
  );
  assert.equal(
    await refusal(`${head}ready = "x"\nredy = "x"`),
    '.omk/gates.toml:8: service 1 of gate 1 has an unknown key `redy`; did you mean `ready`?',
  );
  const second = `${head}ready = "x"\n[[gates.services]]\nname = "b"\ncommand = "b"\nready = "x"\n`;
  assert.equal(
    await refusal(`${second}cwd = ".."`),
    '.omk/gates.toml:12: `cwd` of service 2 of gate 1 must be a folder inside the repository.',
  );
  assert.equal(
    await refusal(second.replace('"b"', '"DB"')),
    '.omk/gates.toml:9: service 2 of gate 1 needs a name of its own.',
  );
  assert.equal(
    await refusal('[[gates]]\nname = "a"\ncommand = "x"\nservices = []'),
    '.omk/gates.toml:4: `services` of gate 1 must be one or more [[gates.services]] tables, at most 16.',
  );
  assert.equal(
    await refusal('[[gates]]\nname = "a"\ncommand = "x"\nretries = 6'),
    '.omk/gates.toml:4: `retries` of gate 1 must be a whole number from 0 to 5.',
  );
  assert.match(
    await refusal('[[gates]]\nname = "a"\ncommand = "x"\nreader = "pytset"'),
    /exit_only\. Did you mean "pytest"\?$/,
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
