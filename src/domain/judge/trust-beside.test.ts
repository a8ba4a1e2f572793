import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PathChange } from '../git/snapshot.ts';
import { readiness } from './readiness.ts';
import type { DataOf } from '../goal/state.ts';
import { examinedOf, FIX, gateSpec, notStarted, policyOf, shows, tree, type Shown } from '../testing/build.ts';
import { assessAt } from '../testing/assess.ts';
import { CANARY, play } from '../testing/ready.ts';
import type { Simulation } from '../testing/simulate.ts';
import { CAUGHT, codes, CONTRACT, GREEN, measure, RED, resumes, TESTS_EDITED, verdict } from '../testing/trust.ts';

const REVERSAL = tree('reversal');
const ELSE = [{ path: '.nvmrc', change: 'added' }] as const;
const reversal = { tree: REVERSAL, edits: [{ path: 'a.js', action: 'restore' as const }] };

const changes = (
  more: Partial<Omit<DataOf<'candidate.examined'>, 'contract'>>,
  by: Parameters<typeof measure>[0] = {},
): Simulation =>
  play({
    options: { maxAttempts: 1, maxTurns: 1 },
    measure: measure(by),
    examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, contractChanges: ELSE, asks: [], ...more }),
  });

const beside = ({ state }: Simulation): string | undefined =>
  readiness(state).find(({ code }) => code === 'K_BESIDE_PRODUCT')?.text;

suite('T6 what is changed beside the product', () => {
  test('is no question where gates pass without it, and where what was red stays red with it alone', () => {
    const run = changes({ reversal });
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(codes(run), ['K_BESIDE_PRODUCT', 'K_NOT_OBSERVED', 'K_NO_HELD_OUT']);
    assert.match(beside(run) ?? '', /gates pass without them too/);
    assert.deepEqual(
      run.state.measurements.filter(({ purpose }) => purpose === 'reversal').map((each) => each.tree),
      [REVERSAL],
    );
  });

  test('is a question where it alone turns green what was red', () => {
    for (const shown of [
      shows({ passed: ['adds', 'subtracts'] }),
      shows({ passed: ['subtracts'], failed: ['adds'] }),
    ]) {
      const run = changes({ reversal }, { reversal: shown });
      assert.equal(run.state.status, 'blocked_on_human');
      assert.equal(verdict(run), 'E_CONTRACT_CHANGED');
      assert.match(run.state.questions[0]?.question.text ?? '', /added \.nvmrc/);
    }
  });

  test('a gate that needs it is a question, as before', () => {
    const run = changes({ reversal }, { contract: RED });
    assert.equal(run.state.status, 'blocked_on_human');
    assert.equal(verdict(run), 'E_CONTRACT_CHANGED');
    assert.equal(beside(run), 'changes outside the code that tests of the base load: added .nvmrc');
  });

  test('a gate that cannot start in what is delivered is no question, and says what a person can do', () => {
    const run = changes({ reversal }, { contract: RED, candidate: notStarted('tool') });
    assert.equal(verdict(run), 'E_TESTS_FAILED');
    const gate = run.state.policy?.gates[0] ?? assert.fail();
    const found = assessAt(run.state, gate, FIX);
    const told = found.kind === 'judged' && 'detail' in found.verdict ? found.verdict.detail : '';
    assert.match(told, /cannot start \(no tool\): keep .* in a commit of your own/);
  });

  test('a person who accepts ends it, without a reversal', () => {
    const run = play({
      options: { maxAttempts: 1, maxTurns: 1 },
      measure: measure({ contract: RED }),
      examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, contractChanges: ELSE, asks: [], reversal }),
      answer: () => ({ kind: 'accept' }),
      whenStopped: resumes(1),
    });
    assert.equal(run.state.status, 'ready');
  });

  test('what no run opened needs no further run', () => {
    const purposes = (opened: readonly string[]): readonly string[] =>
      changes({ reversal }, { contract: { ...GREEN, opened: [] }, candidate: { ...GREEN, opened } })
        .state.measurements.map(({ purpose }) => purpose)
        .slice(2);
    assert.deepEqual(purposes([]), ['contract', 'canary', 'candidate']);
    assert.deepEqual(purposes(['.nvmrc']), ['contract', 'canary', 'candidate', 'canary', 'reversal']);
  });

  test('where opening cannot be seen, it is said', () => {
    assert.ok(
      !codes(changes({ reversal }, { candidate: { ...GREEN, opened: ['.nvmrc'] } })).includes('K_NOT_OBSERVED'),
    );
    assert.ok(codes(changes({ reversal })).includes('K_NOT_OBSERVED'));
  });

  test('logs of before ask about all of it', () => {
    const run = play({ examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, contractChanges: ELSE }) });
    assert.equal(run.state.status, 'blocked_on_human');
  });
});

suite('the tree as it is delivered', () => {
  const meets = ['test/b.test.js'];
  const ID = 'test/b.test.js > mod';
  const of = (shown: Shown, extra: 'passed' | 'failed'): Shown =>
    shown.report.kind === 'tests'
      ? {
          ...shown,
          report: {
            ...shown.report,
            tests: { ...shown.report.tests, [extra]: [...shown.report.tests[extra], ID] },
          },
        }
      : shown;
  const good = (shown: Shown): Shown => of(shown, 'passed');

  /** What runs with the canary in the delivered tree show; those in the base's tests catch it. */
  const delivered = (armed: Shown, canary: Shown = good(CAUGHT), first: Shown = good(GREEN)): Simulation =>
    play({
      policy: policyOf(gateSpec({ retries: 1 })),
      options: { maxAttempts: 1, maxTurns: 1 },
      measure: (run, state) => {
        if (run.purpose === 'canary') return run.canaryBase === FIX ? armed : canary;
        if (run.purpose === 'candidate' && run.round === 1) return first;
        return good(measure({})(run, state));
      },
      examine: (candidate) =>
        examinedOf(candidate, { contract: CONTRACT, contractChanges: ELSE, asks: [], meets, reversal }),
    });

  test('is ready where its tests can still fail', () => {
    assert.equal(delivered(good(CAUGHT)).state.status, 'ready');
  });

  test('is not where its tests cannot fail any more', () => {
    const run = delivered({ ...good(GREEN), canary: CAUGHT.canary ?? null });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_CANARY_MISSED');
  });

  test('is not where a test that leads to the change fails in one of the runs, whatever it is for', () => {
    const shaken: Shown = of(CAUGHT, 'failed');
    const once: Shown = { ...of(GREEN, 'failed'), outcome: { kind: 'exited', code: 1 } };
    for (const run of [
      delivered(good(CAUGHT), shaken),
      delivered(shaken),
      delivered(good(CAUGHT), good(CAUGHT), once),
    ]) {
      assert.equal(run.state.status, 'not_ready');
      assert.equal(verdict(run), 'E_FLAKY');
    }
  });

  test('is not where such a test fails once in a tree that the gate sees no difference in', () => {
    const unopened = (shown: Shown): Shown => ({ ...good(shown), opened: [] });
    const once: Shown = { ...of(GREEN, 'failed'), outcome: { kind: 'exited', code: 1 }, opened: [] };
    const run = play({
      policy: policyOf(gateSpec({ retries: 1 })),
      options: { maxAttempts: 1, maxTurns: 1 },
      measure: (asked, state) =>
        asked.purpose === 'candidate' && asked.round === 1 ? once : unopened(measure({})(asked, state)),
      examine: (candidate) => examinedOf(candidate, { contract: CONTRACT, contractChanges: ELSE, asks: [], meets }),
    });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_FLAKY');
  });

  test('is not where what was red fails again in the last run', () => {
    const again = shows({ passed: ['adds', ID], failed: ['subtracts', CANARY.name] }, { canary: CANARY });
    const run = delivered(again);
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_FLAKY');
  });
});

suite('T6 tests under other names', () => {
  const named: Shown = shows({ passed: ['adds', 'takes away'] });
  const renamed = (kind: 'renamed' | 'removed', candidate: Shown = named): Simulation =>
    changes(
      {
        contractChanges: TESTS_EDITED,
        asks: ['a.test.js'],
        tests: {
          changes: [
            kind === 'renamed'
              ? { kind, path: 'a.test.js', test: 'takes away', from: 'subtracts' }
              : { kind, path: 'a.test.js', test: 'subtracts' },
          ],
          more: 0,
        },
      },
      { candidate },
    );

  test('with the same bodies are no question', () => assert.equal(renamed('renamed').state.status, 'ready'));

  test('in another file, where the one they left lost nothing else, are no question; where it gained steps they are, in true words', () => {
    const moved = (why: 'layout' | 'more_steps'): Simulation =>
      changes(
        {
          contractChanges: [...TESTS_EDITED, { path: 'b.test.js', change: 'added' }],
          asks: ['a.test.js'],
          tests: {
            changes: [
              { kind: 'renamed', path: 'b.test.js', test: 'takes away', from: 'a.test.js > subtracts' },
              { kind: 'changed', path: 'a.test.js', test: null, why },
            ],
            more: 0,
          },
        },
        { candidate: named },
      );
    assert.equal(moved('layout').state.status, 'ready');
    const { status, questions } = moved('more_steps').state;
    assert.equal(status, 'blocked_on_human');
    const text = questions.at(-1)?.question.text ?? '';
    assert.match(text, /not run any more, and no test that came with the change is known to be the same: subtracts/);
  });

  test('are one where something else became of them', () =>
    assert.equal(renamed('removed').state.status, 'blocked_on_human'));

  test('beside settings that no run opened are no question; beside others they are one', () => {
    const at = (opened: readonly string[]) =>
      changes(
        { contractChanges: [...ELSE, ...TESTS_EDITED], asks: [] },
        { contract: { ...GREEN, opened: [] }, candidate: { ...named, opened } },
      ).state.status;
    assert.equal(at(['a.test.js']), 'ready');
    assert.equal(at(['a.test.js', '.nvmrc']), 'blocked_on_human');
  });

  test('must be as many as there were', () => {
    const run = renamed('renamed', shows({ passed: ['adds'] }));
    assert.notEqual(run.state.status, 'ready');
    assert.equal(verdict(run), 'E_MISSING_TESTS');
  });
});

suite('T6 tests that gained rows', () => {
  const ROWS = ['adds', 'takes[a0-1]', 'takes[a1-2]'];
  const rows = (...passed: readonly string[]): Simulation =>
    play({
      policy: policyOf(gateSpec()),
      options: { maxAttempts: 1, maxTurns: 1 },
      measure: ({ purpose }) => {
        if (purpose === 'baseline') return shows({ passed: ROWS.slice(1), failed: ['adds'] });
        return purpose === 'canary'
          ? shows({ failed: [CANARY.name] }, { canary: CANARY })
          : shows({ passed: purpose === 'contract' ? ROWS : passed });
      },
      examine: (candidate) =>
        examinedOf(candidate, {
          contract: CONTRACT,
          contractChanges: TESTS_EDITED,
          asks: ['a.test.js'],
          tests: { changes: [{ kind: 'changed', path: 'a.test.js', test: 'takes', why: 'more_steps' }], more: 0 },
        }),
    });

  test('may have other numbers', () =>
    assert.equal(rows('adds', 'takes[a0-0]', 'takes[a1-1]', 'takes[a2-2]').state.status, 'ready'));

  test('must all be there', () => {
    for (const left of [
      ['takes[a0-1]'],
      ['takes[a2-3]'],
      ['takes[a0-1]', 'takes[b1-2]'],
      ['takes[a0-1]', 'gives', 'gives more'],
    ]) {
      const run = rows('adds', ...left);
      assert.equal(run.state.status, 'blocked_on_human', left.join());
      assert.equal(verdict(run), 'E_MISSING_TESTS');
    }
  });
});

suite('T6 tests that are written to while they run', () => {
  const rewritten = ['test/a.test.js'];
  test('and put back are a changed tree', () => {
    const run = play({ measure: measure({ contract: { ...GREEN, rewritten } }) });
    assert.equal(run.state.status, 'not_ready');
    assert.equal(verdict(run), 'E_TREE_CHANGED');
  });

  test('are none where the base does that too', () => {
    const run = play({ measure: measure({ baseline: { ...RED, rewritten }, contract: { ...GREEN, rewritten } }) });
    assert.equal(run.state.status, 'ready');
  });
});

suite('T13 a system that does not tell which folders were moved', () => {
  test('is named', () => {
    const run = play({ measure: measure({ contract: { ...GREEN, unwatched: true } }) });
    assert.equal(run.state.status, 'ready');
    assert.ok(codes(run).includes('K_NOT_OBSERVED'));
  });
});

suite('who loads which code of the base', () => {
  const script = { path: 'src/a.js', change: 'modified', oldMode: '100644', newMode: '100644' } as const;
  const seen = (change: PathChange, told: { readonly untold?: true }): readonly string[] => {
    const shown = shows({ passed: ['adds'], failed: ['subtracts'] });
    const report = shown.report.kind === 'tests' ? { ...shown.report, ...told } : shown.report;
    return codes(
      play({
        measure: measure({ baseline: { ...shown, report } }),
        examine: (candidate) => examinedOf(candidate, { changes: [change], asks: [] }),
      }),
    );
  };

  test('is said where a run was asked and did not tell, and code changed that is loaded by its name', () => {
    assert.ok(seen(script, { untold: true }).includes('K_NOT_OBSERVED'));
    assert.ok(!seen({ ...script, path: 'src/a.c' }, { untold: true }).includes('K_NOT_OBSERVED'));
    assert.ok(!seen(script, {}).includes('K_NOT_OBSERVED'));
  });
});

suite('which modules the base loads', () => {
  const added = { path: 'json.py', change: 'added', oldMode: '000000', newMode: '100644' } as const;
  const seen = (loaded: boolean, altered: boolean): readonly string[] => {
    const tests = { passed: ['adds'], failed: ['subtracts'] };
    const shown = shows(tests);
    const { report } = shown;
    const told = loaded && report.kind === 'tests' ? { report: { ...report, loaded: { outside: [], paths: [] } } } : {};
    return codes(
      play({
        options: { maxAttempts: 1, maxTurns: 1, altered },
        policy: policyOf(gateSpec({ reader: 'pytest' })),
        measure: measure({ baseline: { ...shown, ...told } }),
        examine: (candidate) => examinedOf(candidate, { changes: [added], asks: [] }),
      }),
    );
  };

  test('is said where it could not be seen and new modules came, but for logs of before', () => {
    assert.ok(seen(false, true).includes('K_NOT_OBSERVED'));
    assert.ok(!seen(true, true).includes('K_NOT_OBSERVED'));
    assert.ok(!seen(false, false).includes('K_NOT_OBSERVED'));
  });
});
