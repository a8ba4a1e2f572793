import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const SERVER =
  "require('node:net').createServer((c) => c.on('error', () => {}).end('stored')).listen(47313, '127.0.0.1');\n";
const READY =
  "require('node:net').connect(47313, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1));\n";
const STORED =
  "import assert from 'node:assert/strict';\nimport { connect } from 'node:net';\n" +
  "import { test } from 'node:test';\n\ntest('stored', async () => {\n" +
  "  const socket = connect(47313, '127.0.0.1').setEncoding('utf8');\n" +
  "  assert.equal((await socket.toArray()).join(''), 'stored');\n});\n";
const GATE =
  '[[gates]]\nname = "check-1"\ncommand = "npm test"\nretries = 0\n\n[[gates.services]]\nname = "db"\n' +
  'command = "node db/server.cjs"\nready = "node db/ready.cjs"\n';
const FILES = {
  ...javascript.files,
  'db/server.cjs': SERVER,
  'db/ready.cjs': READY,
  'test/stored.test.js': STORED,
  '.omk/gates.toml': GATE,
};

test('a gate has its database in every run, beside a check that would have had its name', async (t) => {
  const m = await machine(t, FILES);
  const agent = m.agent({ turns: [{ steps: [fix] }] });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--check', 'grep -q + src/add.js', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  const names = run.events.filter(({ type }) => type === 'gate.measured').map(({ data }) => String(data?.['gate']));
  assert.deepEqual(new Set(names), new Set(['check-1', 'check-2']));
  assert.equal(JSON.parse((await m.omk(['verify', run.goal, '--json'])).out).reached, 'V1');
});

test('a candidate that breaks the service fails, and is told so', { skip: slow }, async (t) => {
  const m = await machine(t, FILES);
  const agent = m.agent({
    turns: [{ steps: [fix, { write: { path: 'db/server.cjs', content: "throw new Error('no database today');\n" } }] }],
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'not_ready');
  assert.match(
    run.gaps.find(({ code }) => code === 'G_GATE_FAILED')?.text ?? '',
    /service db ended before it was ready.*\(E_SERVICE\)/,
  );
});

test('a service that does not start at the base stops the run before an agent is asked', async (t) => {
  const m = await machine(t, { ...FILES, 'db/server.cjs': 'process.exit(1);\n' });
  const run = parseRun(await m.omk(['run', '--json', '--agent', m.agent({ turns: [] }), 'Make the red test green']));
  assert.equal(run.status, 'blocked_on_external');
  assert.ok(!run.events.some(({ type }) => type === 'attempt.started'));
});

test('a wrong key in the gate file is told with what was probably meant, and exit code 2', async (t) => {
  const m = await machine(t, {
    ...javascript.files,
    '.omk/gates.toml': '[[gates]]\nname = "a"\ncommand = "x"\nretires = 2\n',
  });
  const ran = await m.omk(['gates', 'list']);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /\.omk\/gates\.toml:4: gate 1 has an unknown key `retires`; did you mean `retries`\?/);
});
