import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, type Machine } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

/** What a process leaves that was ended between the end of the goal and its proof. */
function withoutProof(m: Machine, goal: string): void {
  const folder = join(m.state, 'goals', goal);
  rmSync(join(folder, 'proof'), { recursive: true });
  rmSync(join(folder, 'proof.json'));
  const vault = execFileSync('find', [join(m.state, 'vaults'), '-maxdepth', '1', '-name', '*.git'], {
    encoding: 'utf8',
  });
  execFileSync('git', ['--git-dir', vault.trim(), 'update-ref', '-d', 'refs/omk/proofs']);
}

test(
  'a goal whose process was ended before its proof was written gets the same proof from every command that needs it',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files);
    const agent = m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] });
    const { goal, status } = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
    assert.equal(status, 'ready');
    const folder = join(m.state, 'goals', goal);
    const before = listing(folder);
    for (const [args, exit] of [
      [['goal', 'show'], 0],
      [['goal', 'proof'], 0],
      [['verify', 'latest'], 0],
      [['goal', 'resume'], 0],
      [['goal', 'apply'], 0],
    ] as const) {
      withoutProof(m, goal);
      const ran = await m.omk(args);
      assert.equal(ran.code, exit, args.join(' ') + ran.err);
      assert.deepEqual(listing(folder), before, args.join(' '));
    }
    // What apply says is what is there.
    const names = execFileSync('git', ['ls-tree', '-r', '--name-only', 'refs/omk/proofs'], {
      cwd: m.repository,
      encoding: 'utf8',
    });
    assert.ok(names.includes(`${goal}/terminal.dsse.json`));
    // A bundle that was cut off is made whole.
    rmSync(join(folder, 'proof', 'proof.json'));
    assert.equal((await m.omk(['verify', 'latest'])).code, 0);
    assert.ok(existsSync(join(folder, 'proof', 'proof.json')));
    // One that is whole is only looked at, so that a changed one is found, until it is asked for anew.
    writeFileSync(join(folder, 'proof', 'change.patch'), '');
    assert.equal((await m.omk(['verify', 'latest'])).code, 3);
    assert.equal((await m.omk(['goal', 'show', '--rebuild'])).code, 0);
    assert.deepEqual(listing(folder), before);
    // And a goal that has it is final.
    assert.equal((await m.omk(['goal', 'resume'])).code, 2);
  },
);
