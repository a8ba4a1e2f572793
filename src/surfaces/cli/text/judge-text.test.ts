import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JudgeResult } from '../../../app/judge/judge.ts';
import { FIX } from '../../../domain/testing/build.ts';
import { fc } from '../../../domain/testing/fast-check.ts';
import type { Status } from '../../../domain/status.ts';
import { gate, levels, none, result } from '../testing/judged.ts';
import { judgeMarkdown } from './judge-markdown.ts';
import { acceptWords, gateWords, levelWords, notAskedWords, testGroups, verdictWords } from './judge-words.ts';

const words = (more: Partial<JudgeResult['levels']>, rest: Partial<JudgeResult> = {}): string =>
  levelWords({ ...result, ...rest, levels: { ...levels, ...more } }).join(' · ');

suite('the verdict', () => {
  const SAID: readonly (readonly [Status, string])[] = [
    ['ready', 'ready'],
    ['not_ready', 'not ready'],
    ['blocked_on_human', 'a person must decide'],
    ['failed_infra', 'could not be judged'],
    ['needs_more_budget', 'needs more budget'],
  ];
  for (const [status, said] of SAID) test(status, () => assert.equal(verdictWords({ ...result, status }), said));
});

suite('what is shown', () => {
  test('of a change that only breaks nothing', () => assert.equal(words({}), 'no regression · contract unchanged'));
  test('of a change that loses a test', () =>
    assert.equal(words({ noRegression: false }), 'a test that passed no longer does · contract unchanged'));
  test('is counted', () => {
    assert.equal(
      words({ noRegression: null, fixes: 1, guards: 1, checks: 1 }),
      'fixes 1 test · adds 1 test that guards it · 1 check that failed on the base passes · contract unchanged',
    );
    assert.equal(
      words({ noRegression: null, fixes: 3, guards: 2, checks: 2, shallow: 1 }),
      'fixes 3 tests, 1 of them not shown to ask for more than that something is there · adds 2 tests that guard it · ' +
        '2 checks that failed on the base pass · contract unchanged',
    );
    assert.match(words({ fixes: 2, shallow: 2 }), /fixes 2 tests, not shown to ask for more/);
  });
  test('with held-out checks, without a purpose, with changed tests', () =>
    assert.equal(
      words(
        { heldOut: true, contractUnchanged: false },
        { limits: [{ kind: 'known', code: 'K_NO_REGRESSION_ONLY', subject: 'goal', text: '' }] },
      ),
      'no regression · held-out checks pass, and fail without the change · no test shows what the change does · contract changed',
    ));
  test('is nothing where the change was not examined', () => assert.equal(words({}, { examined: null }), ''));
});

suite('a gate', () => {
  test('says that it was not run', () => assert.equal(gateWords({ ...gate, verdict: null }), 'not run'));
  test('says what hurts, in one line', () =>
    assert.equal(
      gateWords({
        ...gate,
        required: false,
        flaky: ['a'],
        verdict: { kind: 'not_measured', code: 'E_SKIPPED', detail: 'too\nslow' },
      }),
      'not measured, but flaky, 3 tests passed, not required: too slow (E_SKIPPED)',
    ));
});

suite('tests by what they show', () => {
  test('are in one group each, and empty groups are left out', () => {
    const tests = {
      ...none,
      fixes: ['fix', 'shallow', 'untried'],
      shallow: ['shallow'],
      untried: ['untried'],
      guards: ['fix', 'guard'],
      silent: ['silent', 'idle'],
      idle: ['idle'],
      unseen: ['unseen'],
    };
    const groups = testGroups({ ...result, tests });
    assert.deepEqual(
      groups.map(({ ids }) => ids),
      [['fix'], ['shallow'], ['untried'], ['guard'], ['silent'], ['idle'], ['unseen']],
    );
    assert.deepEqual(testGroups({ ...result, tests: none }), []);
    assert.deepEqual(testGroups(result), []);
  });
});

suite('an answer that was given before it was asked', () => {
  const notAsked = [`q-${FIX.slice(0, 12)}`, 'q-000000000000'];
  test('is about this change, or about another one', () =>
    assert.deepEqual(notAskedWords({ ...result, notAsked }), [
      `--accept ${notAsked[0]}: this was not asked; no question is open`,
      `--accept ${notAsked[1]}: it is about another tree, not ${FIX.slice(0, 12)}; no question is open`,
    ]));
  test('names the question that is open', () => {
    const question = { id: 'q9', code: 'contract_changed', subject: FIX, text: 'Tests changed', paths: [] } as const;
    const open = { ...result, question, notAsked };
    assert.match(notAskedWords(open)[0] ?? '', /; the question is q9$/);
    assert.match(acceptWords(open), /^omk judge … --accept q9, or omk goal answer g-20260131-abcdef --accept/);
    assert.equal(acceptWords(result), '');
    assert.ok(judgeMarkdown({ ...open, status: 'blocked_on_human' }).includes('**Question**'));
  });
});

suite('a comment for a pull request', () => {
  test('has the verdict, the gates and how it was found', () =>
    assert.deepEqual(judgeMarkdown(result), [
      '### omk judge: ready',
      '',
      '**no regression · contract unchanged**',
      '',
      `\`main..x\` (tree \`${FIX.slice(0, 12)}\`, 0 files) against \`bbbbbbbbbbbb\`, the merge base.`,
      '',
      '| gate | verdict |',
      '| --- | --- |',
      '| `test` | pass, 3 tests passed |',
      '',
      '4 runs, 1 from the cache; 12s.',
    ]));
  test('says what is missing, unless that is the question', () => {
    const gap = (code: 'G_GATE_FAILED' | 'G_OPEN_QUESTION', text: string) =>
      ({ kind: 'blocking', code, subject: 'x', text, fix: '' }) as const;
    const gaps = [gap('G_GATE_FAILED', 'it fails'), gap('G_OPEN_QUESTION', 'asked')];
    const lines = judgeMarkdown({ ...result, status: 'not_ready', gaps });
    assert.ok(lines.includes('- it fails') && !lines.includes('- asked'));
    assert.ok(judgeMarkdown({ ...result, status: 'paused' }).some((line) => line.includes('omk goal resume g-')));
  });
  test('names thirty tests of a group', () => {
    const fixes = Array.from({ length: 32 }, (_, at) => `test ${at}`);
    const lines = judgeMarkdown({ ...result, tests: { ...none, fixes } });
    assert.equal(lines.filter((line) => line.startsWith('- `test')).length, 30);
    assert.ok(lines.includes('- and 2 more'));
  });
  test('property: no name of a test ends its code or begins a line', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom('`', '\n', '<', '|', '@', 'a', ' ') }), (id) => {
        const lines = judgeMarkdown({ ...result, tests: { ...none, fixes: [`x${id}`] } });
        const named = lines.filter((line) => line.startsWith('- '));
        assert.equal(named.length, 1);
        const [, open = ''] = /^- (`+)/.exec(named[0] ?? '') ?? [];
        const inner = (named[0] ?? '').slice(2 + open.length, -open.length);
        assert.ok([...inner.matchAll(/`+/g)].every(([run]) => run.length < open.length));
      }),
    ));
});
