import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Event } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const HOG = 'const all = [];\nfor (;;) all.push(new Array(100000).fill(all.length));\n';
const FILES = {
  ...javascript.files,
  'work.cjs': '// nothing to do\n',
  '.omk/gates.toml':
    '[[gates]]\nname = "test"\ncommand = "npm test"\nweight = 2\n\n[[gates]]\nname = "work"\n' +
    'command = "node --max-old-space-size=24 work.cjs"\n',
};
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const runs = (events: readonly Event[]): readonly string[] =>
  events
    .filter(({ type, data }) => type === 'gate.measured' && data?.['gate'] === 'work' && data['purpose'] !== 'baseline')
    .map(
      ({ data }) =>
        `${String(data?.['round'])} ${JSON.stringify(data?.['outcome']).replace(/.*"kind":"(\w+)".*/, '$1')}`,
    );

test('a gate that runs out of memory is tried alone once, and then not measured', { skip: slow }, async (t) => {
  const m = await machine(t, FILES);
  const agent = m.agent({ turns: [{ steps: [fix, { write: { path: 'work.cjs', content: HOG } }] }] });
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--agent',
      agent,
      '--max-attempts',
      '1',
      '--max-turns',
      '1',
      'Make the red test green',
    ]),
  );
  assert.equal(run.status, 'not_ready');
  assert.deepEqual(runs(run.events), ['1 out_of_memory', '2 out_of_memory']);
  assert.match(
    run.gaps.find(({ code, subject }) => code === 'G_GATE_NOT_MEASURED' && subject === 'work')?.text ?? '',
    /it ran out of memory: .*heap.*\(E_OUT_OF_MEMORY\)/,
  );
});

test('one that fits when it is alone has passed, and that is no flake', { skip: slow }, async (t) => {
  const m = await machine(t, FILES, { sandbox: 'none' });
  // Without a sandbox, so that a file outside can count the runs.
  const seen = JSON.stringify(join(m.dir, 'seen'));
  const once =
    `const fs = require('node:fs');\nif (!fs.existsSync(${seen})) {\n  fs.writeFileSync(${seen}, '');\n` +
    `  ${HOG.replaceAll('\n', '\n  ')}\n}\n`;
  const agent = m.agent({ turns: [{ steps: [fix, { write: { path: 'work.cjs', content: once } }] }] });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  assert.deepEqual(runs(run.events), ['1 out_of_memory', '2 exited']);
  assert.ok(!run.gaps.some(({ code }) => code === 'K_FLAKY'));
});
