import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import {
  checkpointShape,
  costSessionShape,
  exhaustedShape,
  extendedShape,
  reportShape,
  type CostSession,
} from './contract.ts';
import { contractJson } from './json.ts';
import { figuresOf, type Checkpoint, type Moment } from './moment.ts';
import type { Overshoot } from './overshoot.ts';

const moment: Moment = {
  status: 'running',
  phase: 'executing',
  at: '2026-01-31T12:00:00.000Z',
  budget: { time: '120m', tokens: '18446744073709551615', picoUsd: '2500000000000' },
  elapsedSecs: '7201',
  usedTokens: '1333',
  usedPicoUsd: '1000000000001',
};
const checkpoint: Checkpoint = { ...moment, label: 'verify_completed' };
const session: CostSession = {
  sessionType: 'attempt',
  name: 'attempt-1',
  startedAt: '2026-01-31T12:00:00.000Z',
  endedAt: null,
  inputTokens: 1111n,
  outputTokens: 222n,
  durationSecs: 9n,
  picoUsd: 5n,
  actualPicoUsd: null,
  tier: 'Standard',
  model: null,
  unknownCost: 0,
};

const overshoot: Overshoot = {
  attempts: 1,
  seconds: 5n,
  tokens: { per: 'call', most: 20_500n, why: null },
  picoUsd: { per: 'unknown', most: null, why: 'the agent does not tell all of it' },
};

const CHECKPOINT =
  `"version":1,"goal_id":"g-1","label":"verify_completed","status":"running","phase":"execution",` +
  `"recorded_at":"2026-01-31T12:00:00.000Z","budget_time":"120m","total_budget_secs":7200,` +
  `"elapsed_since_created_secs":7201,"remaining_budget_secs":0,"budget_tokens":18446744073709551615,` +
  `"used_tokens":1333,"remaining_budget_tokens":18446744073709550282,"budget_usd":2.5,` +
  `"estimated_cost_usd":1.000000000001,"remaining_budget_usd":1.499999999999`;

suite('the shapes other programs read, field by field', () => {
  test('a checkpoint', () => assert.equal(contractJson(checkpointShape('g-1', checkpoint), 0), `{${CHECKPOINT}}`));

  test('a checkpoint without limits leaves out what has no value', () => {
    const free = { ...checkpoint, budget: { time: null, tokens: null, picoUsd: null } };
    assert.equal(
      contractJson(checkpointShape('g-1', free), 0),
      '{"version":1,"goal_id":"g-1","label":"verify_completed","status":"running","phase":"execution",' +
        '"recorded_at":"2026-01-31T12:00:00.000Z","elapsed_since_created_secs":7201,"used_tokens":1333,' +
        '"estimated_cost_usd":1.000000000001}',
    );
  });

  test('the report; unknown calls only where there are some, after the rest', () => {
    const input = {
      goal: 'g-1',
      generatedAt: '2026-01-31T13:00:00.000Z',
      ...figuresOf(moment),
      checkpoints: [checkpoint],
      sessions: [session, session],
      unknownCostCalls: 0,
      unknownTokenCalls: 0,
      overshoot,
    };
    const golden =
      `{"version":1,"goal_id":"g-1","generated_at":"2026-01-31T13:00:00.000Z","budget_time":"120m",` +
      `"total_budget_secs":7200,"budget_tokens":18446744073709551615,"used_tokens":1333,` +
      `"remaining_budget_tokens":18446744073709550282,"budget_usd":2.5,"estimated_cost_usd":1.000000000001,` +
      `"remaining_budget_usd":1.499999999999,"latest":{${CHECKPOINT}},"checkpoints":[{${CHECKPOINT}}],` +
      `"spent_usd":0.00000000001,"spent_tokens":2666,"spent_seconds":18`;
    const bound =
      '"overshoot":{"attempts":1,"stopped_within_secs":5,"tokens":{"per":"call","at_most":20500},' +
      '"usd":{"per":"unknown","unbounded":"the agent does not tell all of it"}}';
    assert.equal(contractJson(reportShape(input), 0), `${golden},${bound}}`);
    assert.equal(
      contractJson(reportShape({ ...input, unknownCostCalls: 3, unknownTokenCalls: 2 }), 0),
      `${golden},"unknown_cost_calls":3,"unknown_token_calls":2,${bound}}`,
    );
    const free = { ...input, limits: { ...input.limits, tokens: null, picoUsd: null } };
    assert.equal(JSON.parse(contractJson(reportShape(free))).overshoot, undefined, 'no limit that usage can pass');
    assert.equal(JSON.parse(contractJson(reportShape({ ...input, checkpoints: [] }))).latest, undefined);
  });

  test('goal_budget_exhausted: what is left of the spent source is 0', () => {
    assert.equal(
      contractJson(exhaustedShape({ ...moment, status: 'needs_more_budget', action: 'verify', source: 'time' }), 0),
      '{"action":"verify","status":"needs_more_budget","phase":"execution",' +
        '"recorded_at":"2026-01-31T12:00:00.000Z","budget_source":"time","budget_time":"120m",' +
        '"total_budget_secs":7200,"elapsed_since_created_secs":7201,"remaining_budget_secs":0,' +
        '"budget_tokens":18446744073709551615,"used_tokens":1333,' +
        '"remaining_budget_tokens":18446744073709550282,"budget_usd":2.5,' +
        '"estimated_cost_usd":1.000000000001,"remaining_budget_usd":1.499999999999}',
    );
  });

  test('goal_budget_exhausted by the share of a task: what is left of its source is 0 all the same', () => {
    const shape = (source: 'tokens' | 'cost') =>
      JSON.parse(contractJson(exhaustedShape({ ...moment, action: 'turn', source })));
    assert.deepEqual([shape('tokens').remaining_budget_tokens, shape('cost').remaining_budget_usd], [0, 0]);
  });

  test('goal_budget_extended', () => {
    const added = { time: '60', secs: '60', tokens: null, picoUsd: '500000000000' };
    const budget = { time: '7261s', tokens: null, picoUsd: '3000000000000' };
    assert.equal(
      contractJson(
        extendedShape({
          ...moment,
          status: 'not_ready',
          budget,
          previous: { time: '120m', tokens: null, picoUsd: '2500000000000' },
          added,
        }),
        0,
      ),
      '{"previous_budget_time":"120m","added_budget_time":"60","added_budget_secs":60,' +
        '"new_budget_time":"7261s","new_total_budget_secs":7261,"previous_budget_usd":2.5,' +
        '"added_budget_usd":0.5,"new_budget_usd":3,"elapsed_since_created_secs":7201,"used_tokens":1333,' +
        '"estimated_cost_usd":1.000000000001,"status":"not_ready","phase":"execution",' +
        '"recorded_at":"2026-01-31T12:00:00.000Z"}',
    );
  });

  test('goal_budget_extended says new totals only of what was extended, for any extension', () => {
    const amount = fc.option(fc.bigInt({ min: 1n, max: 10n ** 15n }).map(String), { nil: null });
    fc.assert(
      fc.property(amount, amount, amount, (secs, tokens, picoUsd) => {
        const added = { time: secs, secs, tokens, picoUsd };
        const shape = JSON.parse(contractJson(extendedShape({ ...moment, previous: moment.budget, added })));
        assert.equal('new_budget_time' in shape, secs !== null);
        assert.equal('new_total_budget_secs' in shape, secs !== null);
        assert.equal('new_budget_tokens' in shape, tokens !== null);
        assert.equal('new_budget_usd' in shape, picoUsd !== null);
      }),
    );
  });

  test('phases of logs from before are said in the words of 0.5.0', () => {
    const word = (phase: Moment['phase']): string =>
      JSON.parse(contractJson(checkpointShape('g-1', { ...checkpoint, phase }))).phase;
    assert.deepEqual(
      (['executing', 'verifying', 'integrating', 'done', 'intake', 'decomposition'] as const).map(word),
      ['execution', 'execution', 'proof', 'proof', 'intake', 'decomposition'],
    );
  });

  test('a cost session', () => {
    assert.equal(
      contractJson(costSessionShape('g-1', { ...session, endedAt: '2026-01-31T12:00:09.000Z', actualPicoUsd: 5n }), 0),
      '{"session_type":"attempt","name":"attempt-1","started_at":"2026-01-31T12:00:00.000Z",' +
        '"ended_at":"2026-01-31T12:00:09.000Z","estimate":{"input_tokens":1111,"output_tokens":222,' +
        '"duration_secs":9,"worker_count":1,"estimated_usd":0.000000000005,"tier":"Standard"},' +
        '"actual_usd":0.000000000005,"goal_id":"g-1"}',
    );
    const unknown = costSessionShape('g-1', { ...session, model: 'm', tier: 'Premium', unknownCost: 2 });
    assert.match(
      contractJson(unknown, 0),
      /"tier":"Premium"\},"goal_id":"g-1","model":"m","cost":"unknown"\}$/,
      'a cost that nobody knows is marked after the fields of the contract',
    );
  });
});
