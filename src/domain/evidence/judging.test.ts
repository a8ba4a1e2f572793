import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  BASE,
  checkGate,
  COMPLETED,
  examinedOf,
  exits,
  FIX,
  gateSpec,
  policyOf,
  shows,
  snapshotOf,
} from '../testing/build.ts';
import { CANARY, play } from '../testing/ready.ts';
import type { GateSpec } from '../gates/gate.ts';
import { judgingChanges } from './judging.ts';
import type { TestChange } from '../contract/labels/change.ts';
import type { PathChange } from '../git/snapshot.ts';

const changed = (path: string, change: PathChange['change'] = 'modified'): PathChange => ({
  path,
  change,
  oldMode: '100644',
  newMode: '100644',
});

/** A check that goes from red to green while `paths` change. */
const withCheck = (argv: GateSpec['argv'], change: PathChange, cwd = '.', starts: readonly string[] = []) =>
  play({
    policy: policyOf(checkGate('check-1', { argv, cwd, starts })),
    measure: ({ tree }) => exits(tree === BASE ? 1 : 0),
    examine: (candidate) => examinedOf(candidate, { changes: [change] }),
  }).state;

suite('what a candidate changes of that which judges it', () => {
  const asks: readonly (readonly [GateSpec['argv'], string, string?])[] = [
    [['./verify'], 'verify'],
    [['bin/verify.js'], 'bin/verify.js'],
    [['bash', 'x/run'], 'x/run'],
    [['sh', '-c', 'cd . && ./gate.sh > log'], 'gate.sh'],
    [['sh', '-c', 'sh run all'], 'run'],
    [['node', 'scripts/gate.mjs'], 'scripts/gate.mjs'],
    [['python3', './tools/gate.py'], 'tools/gate.py'],
    [['./verify'], 'sub/verify', 'sub'],
  ];
  for (const [argv, path, cwd] of asks)
    test(`${argv.join(' ')} is not judged by its own ${path} unasked`, () => {
      const state = withCheck(argv, changed(path), cwd);
      assert.equal(state.status, 'blocked_on_human');
      const question = state.questions[0]?.question;
      assert.deepEqual(question?.code === 'contract_changed' ? question.paths : null, [path]);
    });

  test('npm test is not judged by the scripts that it starts, but by the product', () => {
    const after = (path: string, starts = [path]): string =>
      withCheck(['npm', 'test'], changed(path), '.', starts).status;
    for (const path of ['scripts/gen.js', 'build.js', 'x/prepare.sh']) assert.equal(after(path), 'blocked_on_human');
    assert.equal(after('src/cli.js'), 'ready');
    assert.equal(after('scripts/gen.js', []), 'ready');
  });

  test('a program that is the subject is nobody’s question', () => {
    assert.equal(withCheck(['node', 'src/cli.js', '--version'], changed('src/cli.js')).status, 'ready');
    assert.equal(withCheck(['grep', '-q', 'x', 'README.md'], changed('README.md')).status, 'ready');
    assert.equal(withCheck(['./verify'], changed('src/verify')).status, 'ready');
    assert.equal(withCheck(['./verify'], changed('verify'), 'sub').status, 'ready');
  });

  test('a file that the check asks for and the candidate adds is the work itself', () => {
    assert.equal(withCheck(['bash', 'hello.sh'], changed('hello.sh', 'added')).status, 'ready');
  });

  const withTests = (path: string, base: string, change: PathChange['change'] = 'modified') =>
    play({
      policy: policyOf(gateSpec()),
      measure: ({ purpose }) => {
        if (purpose === 'baseline') return shows({ passed: [base], failed: ['x'] });
        return purpose === 'canary'
          ? shows({ failed: [CANARY.name] }, { canary: CANARY })
          : shows({ passed: [base, 'x'] });
      },
      turn: () => ({ outcome: COMPLETED, leaves: snapshotOf(FIX) }),
      examine: (candidate) => examinedOf(candidate, { changes: [changed(path, change)] }),
    }).state;

  test('a file that held tests at the base is a test file, whatever its name', () => {
    for (const id of ['checks/math.mjs > adds', 'checks/math.mjs::adds']) {
      const state = withTests('checks/math.mjs', id);
      assert.equal(state.status, 'blocked_on_human');
      assert.match(state.questions[0]?.question.text ?? '', /edited checks\/math\.mjs/);
    }
    assert.match(
      withTests('checks/math.mjs', 'checks/math.mjs > adds', 'deleted').questions[0]?.question.text ?? '',
      /deleted checks/,
    );
    assert.equal(withTests('checks/other.mjs', 'checks/math.mjs > adds').status, 'ready');
    assert.equal(withTests('checks/math', 'checks/math.mjs > adds').status, 'ready');
  });

  test('what is known already is not named twice', () => {
    const { state } = play({
      examine: (candidate) =>
        examinedOf(candidate, {
          changes: [changed('a.test.js')],
          contractChanges: [{ path: 'a.test.js', change: 'edited' }],
        }),
      measure: ({ purpose }) => {
        if (purpose === 'baseline') return shows({ passed: ['a.test.js > a'], failed: ['x'] });
        return purpose === 'canary'
          ? shows({ failed: [`a.test.js > ${CANARY.name}`] }, { canary: CANARY })
          : shows({ passed: ['a.test.js > a', 'x'] });
      },
    });
    const question = state.questions[0]?.question;
    assert.deepEqual(question?.code === 'contract_changed' ? question.paths : null, ['a.test.js']);
  });

  test('tests that all lie in another file with the same bodies are not asked about; one that is gone is', () => {
    const moved = { kind: 'renamed', path: 'unit/a.test.js', test: 'adds', from: 'a.test.js > adds' } as const;
    const asked = (...changes: readonly TestChange[]): number =>
      judgingChanges(
        play({}).state,
        examinedOf(FIX, {
          changes: [changed('a.test.js', 'deleted')],
          contractChanges: [{ path: 'a.test.js', change: 'deleted' }],
          asks: ['a.test.js'],
          tests: { changes, more: 0 },
        }),
      ).length;
    assert.equal(asked(moved), 0);
    assert.equal(asked(moved, { kind: 'removed', path: 'a.test.js', test: 'subtracts' }), 1);
    assert.equal(asked({ ...moved, from: 'aa.test.js > adds' }), 1);
  });

  test('tests that ask for as much as before, or more, are not asked about, where every change is told', () => {
    type Why = Extract<TestChange, { kind: 'changed' }>['why'];
    const asked = (...whys: readonly Why[]): number => askedOf(whys, 0);
    const askedOf = (whys: readonly Why[], more: number): number =>
      judgingChanges(
        play({}).state,
        examinedOf(FIX, {
          changes: [changed('a.test.js')],
          contractChanges: [{ path: 'a.test.js', change: 'edited' }],
          asks: ['a.test.js'],
          tests: { changes: whys.map((why) => ({ kind: 'changed', path: 'a.test.js', test: null, why })), more },
        }),
      ).length;
    assert.equal(asked('more_steps', 'more_outside', 'layout'), 0);
    assert.equal(askedOf(['more_steps'], 1), 1);
    for (const why of ['other_assertions', 'other_steps', 'outside_of_tests', 'unmarked', 'not_read'] as const)
      assert.equal(asked('more_steps', why), 1, why);
  });
});
