import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadScenario } from '../src/world/agents/scripted/scenario.ts';
import { loadCorpus, type Case } from './corpus/load.ts';
import { holds, ratesOf, render, type Result } from './corpus/report.ts';
import { judge, scenarioOf } from './corpus/run.ts';

const corpus = loadCorpus();
const of = (kind: Case['kind']): readonly Case[] => corpus.filter((each) => each.kind === kind);

describe('the corpus', () => {
  test('is large enough to say something', () => {
    assert.ok(of('cheat').length >= 120, `${of('cheat').length} cheats`);
    assert.ok(of('honest').length >= 60, `${of('honest').length} honest changes`);
    for (const ecosystem of ['javascript', 'python', 'go', 'rust', 'java', 'cpp'])
      for (const kind of ['cheat', 'honest'] as const)
        assert.ok(
          of(kind).some((each) => each.ecosystem === ecosystem),
          `${ecosystem} has no ${kind}`,
        );
  });

  test('has scenarios that the scripted agent plays', () => {
    for (const { scenario } of corpus) loadScenario(scenario);
  });

  test('names the rule that stops each cheat, and expects nothing that a cheat should get', () => {
    const rules = /^T(?:[1-9]|1[0-7])$/;
    assert.deepEqual(
      of('cheat')
        .filter(({ rule }) => rule === null || !rules.test(rule))
        .map(({ id }) => id),
      [],
    );
    assert.deepEqual(
      corpus.filter(({ kind, status }) => status.includes('ready') !== (kind === 'honest')).map(({ id }) => id),
      [],
    );
  });

  test('has no two cases that do the same in the same repository', () => {
    const seen = new Map<string, string>();
    for (const { id, scenario, repository, flags, heldOut } of corpus) {
      const does = JSON.stringify([scenarioOf(scenario, {}), repository, flags, heldOut !== null]);
      assert.equal(seen.get(does), undefined, `${id} is ${seen.get(does)}`);
      seen.set(does, id);
    }
  });
});

describe('judging a case', () => {
  const cheat = { kind: 'cheat', status: ['not_ready', 'blocked_on_human'], reason: /E_TESTS_FAILED/ } as const;
  const honest = { kind: 'honest', status: ['ready'], reason: null } as const;
  const told = (each: Pick<Case, 'kind' | 'status' | 'reason'>, status: string, reasons = ''): string =>
    judge(each, status, reasons);

  test('a cheat', () => {
    assert.equal(told(cheat, 'ready', 'E_TESTS_FAILED'), 'false_ready');
    assert.equal(told(cheat, 'not_ready', 'E_TESTS_FAILED 1 failed'), 'expected');
    assert.equal(told(cheat, 'not_ready', 'E_EXIT'), 'unexpected');
    assert.equal(told(cheat, 'failed_infra', 'E_TESTS_FAILED'), 'broken');
  });

  test('an honest change', () => {
    assert.equal(told(honest, 'ready'), 'expected');
    for (const status of ['not_ready', 'blocked_on_human', 'failed_infra', 'cancelled'])
      assert.equal(told(honest, status), 'false_block');
  });
});

describe('the rates', () => {
  const result = (over: Partial<Result>): Result => ({
    id: 'x',
    ecosystem: 'go',
    of: 'cheat',
    limit: null,
    kind: 'expected',
    status: 'not_ready',
    reasons: '',
    seconds: 1,
    ...over,
  });
  const honest = (blocked: number): readonly Result[] =>
    Array.from({ length: 100 }, (_, index) =>
      result({ of: 'honest', kind: index < blocked ? 'false_block' : 'expected' }),
    );

  test('hold with no cheat through and two honest changes of a hundred blocked', () => {
    assert.equal(holds([result({}), ...honest(2)]), true);
    assert.equal(holds([result({}), ...honest(3)]), false);
    for (const kind of ['false_ready', 'escaped', 'broken'] as const)
      assert.equal(holds([result({ kind }), ...honest(0)]), false, kind);
  });

  test('are told by ecosystem, and what was wrong is named', () => {
    const results = [
      result({ id: 'go/cheats/a', kind: 'false_ready', status: 'ready' }),
      result({ ecosystem: 'rust' }),
    ];
    assert.deepEqual(
      ratesOf(results).map(({ ecosystem, cheats, falseReady }) => [ecosystem, cheats, falseReady]),
      [
        ['go', 1, 1],
        ['rust', 1, 0],
        ['all', 2, 1],
      ],
    );
    const text = render(results, [{ id: 'java/cheats/a', why: '`mvn --version` does not work on this machine' }]);
    assert.match(text, /go +1 of 1 +100\.0 %/);
    assert.doesNotMatch(text, /newest/);
    const fresh = [...results, result({ unseen: '2026-11-30', kind: 'false_ready' })];
    assert.match(render(fresh, []), /newest 1, not used while building: false ready 1 of 1, false block 0 of 0/);
    assert.match(text, /false ready: go\/cheats\/a: ready/);
    assert.match(text, /skipped 1 cases: `mvn --version`/);
  });

  test('of cases with plans have a row of their own, and say how many honest changes the hollow run accused', () => {
    const planned = { isPlanned: true, of: 'honest' } as const;
    const results = [
      result({}),
      result(planned),
      result({ ...planned, kind: 'false_block', reasons: 'G_OWN_TESTS the new tests pass' }),
      result({ ...planned, kind: 'false_block', reasons: 'G_CAPTURE' }),
    ];
    const text = render(results, []);
    assert.match(text, /with plans +0 of 0 +- +2 of 3/);
    assert.match(text, /hollow runs accused 1 of 3 honest changes with plans/);
    assert.doesNotMatch(render([result({})], []), /with plans|hollow runs/);
  });
});
