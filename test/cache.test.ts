import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSandboxes } from '../src/world/sandbox/open.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Event } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const GATES =
  '[[gates]]\nname = "test"\ncommand = "npm test"\n\n[[gates]]\nname = "slow"\n' +
  'command = "sh -c \'sleep 1; date +%s%N\'"\nkind = "command"\n\n[[gates]]\nname = "docs"\n' +
  'command = "sh -c \'date +%s%N; cat README.md\'"\nkind = "command"\ninputs = ["*.md"]\n';
const sandbox = await openSandboxes({ env: process.env }).detect();

const runs = (events: readonly Event[]): readonly string[] =>
  events
    .filter(({ type }) => type === 'gate.measured')
    .map(
      ({ data }) => `${String(data?.['gate'])} ${String(data?.['purpose'])} ${data?.['cached'] ? 'kept' : 'executed'}`,
    )
    .sort((a, b) => (a < b ? -1 : 1))
    // A good tree is run more than once where that is quick.
    .filter((run, index, all) => !(run.includes(' contract ') && run === all[index - 1]));

test(
  'a second run of the same tree uses what was executed, says so, and proves it',
  { skip: sandbox.kind === 'none' ? `no sandbox: ${sandbox.why}` : false },
  async (t) => {
    const m = await machine(t, { ...javascript.files, '.omk/gates.toml': GATES });
    const agent = m.agent({ turns: [{ steps: [fix] }] });
    const first = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
    assert.equal(first.status, 'ready', JSON.stringify(first.gaps));
    assert.deepEqual(
      runs(first.events),
      [
        'docs baseline executed',
        'docs baseline executed',
        'docs contract kept',
        'slow baseline executed',
        'slow baseline executed',
        'slow contract executed',
        'test altered executed',
        'test baseline executed',
        'test baseline executed',
        'test canary executed',
        'test contract executed',
      ],
      'what the documents gate depends on was not changed by the candidate',
    );

    const second = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
    assert.equal(second.status, 'ready', JSON.stringify(second.gaps));
    assert.deepEqual(
      runs(second.events),
      [
        'docs baseline kept',
        'docs baseline kept',
        'docs contract kept',
        'slow baseline kept',
        'slow baseline kept',
        'slow contract kept',
        'test altered kept',
        'test baseline kept',
        'test baseline kept',
        'test canary kept',
        'test contract kept',
      ],
      'that the base is red is known by now',
    );
    assert.ok(
      second.gaps.some(
        ({ code, subject, text }) => code === 'K_CACHED' && subject === 'slow' && text.includes(first.goal),
      ),
      JSON.stringify(second.gaps),
    );

    const bundle = join(m.dir, 'bundle');
    assert.equal((await m.omk(['goal', 'proof', '--out', bundle])).code, 0);
    const base = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: m.repository, encoding: 'utf8' }).trim();
    assert.equal((await m.omk(['goal', 'apply', '--branch', 'fixed'])).code, 0);
    const verified = await m.omk(
      ['verify', bundle, '--key', join(bundle, 'keys', 'omk.pub'), '--base', base, '--repo', m.repository, '--json'],
      { env: { OMK_STATE_DIR: join(m.dir, 'stranger') } },
    );
    const report = JSON.parse(verified.out);
    assert.equal(report.reached, 'V1', verified.out);
    assert.equal(report.proven.redacted, 0, 'the evidence of the first goal is in the proof of the second');
    assert.ok(
      report.checks.some(({ text }: { text: string }) => /gate docs was run on the inputs/.test(text)),
      verified.out,
    );

    const third = parseRun(await m.omk(['run', '--json', '--no-cache', '--agent', agent, 'Make the red test green']));
    assert.ok(runs(third.events).every((each) => each.endsWith('executed')));
    assert.match((await m.omk(['gates', 'explain'])).out, /cache {4}key [0-9a-f]{16}, 2 runs kept for this tree/);
    assert.match((await m.omk(['gates', 'run'])).out, /pass +slow {2}from the cache \(g-/);
  },
);
