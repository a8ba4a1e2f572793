import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { admits } from '../transition/admit.ts';
import type { GoalEvent } from '../goal/event.ts';
import { fold } from '../transition/evolve.ts';
import type { GoalState } from '../goal/state.ts';
import { heldOutOf, visibleOf } from '../held-out/options.ts';
import { BASE, BLOB, gateSpec, measurement, policyOf, shows, snapshotOf, tree } from '../testing/build.ts';
import { A, B, handedIn, turnEnded, WRONG } from '../testing/handed-in.ts';
import { assessSubmission } from './assess.ts';
import { oracleLimits } from '../judge/oracle-limits.ts';
import { decideOracle } from '../decide/decide-oracle.ts';

const run = (over: string, round: number, outcomes: Parameters<typeof shows>[0]): GoalEvent => ({
  type: 'gate.measured',
  data: measurement({ purpose: 'oracle', round, tree: tree('laid'), over, ...shows(outcomes) }),
});
const runs = (onWrong: Parameters<typeof shows>[0], onBase: Parameters<typeof shows>[0]): readonly GoalEvent[] => [
  run(WRONG, 1, onWrong),
  run(WRONG, 2, onWrong),
  run(BASE, 1, onBase),
];
const RED = { passed: ['adds'], failed: [`${A} > x`, `${B} > x`] };
const accepted: GoalEvent = { type: 'attempt.ended', data: { attempt: 1, why: 'accepted' } };
const worker: GoalEvent = { type: 'attempt.started', data: { attempt: 2, task: 't1', worktree: '/w' } };
const approved = (commitment: string): GoalEvent => ({ type: 'plan.approved', data: { commitment } });

suite('checks of an oracle', () => {
  test('hold where runs on the wrong solution and on the base say so, and not because a log does', () => {
    const ends = (more: readonly GoalEvent[]): string | null => admits(fold([...handedIn, ...more]), accepted);
    assert.equal(ends(runs(RED, RED)), null);
    assert.equal(ends([]), 'the checks do not hold', 'nothing ran');
    assert.equal(ends(runs(RED, RED).slice(0, 2)), 'the checks do not hold', 'nothing ran on the base');
    const half = { passed: ['adds', `${B} > x`], failed: [`${A} > x`] };
    assert.equal(ends(runs(half, RED)), 'the checks do not hold', 'one is green on the wrong solution');
    assert.equal(ends(runs(RED, half)), 'the checks do not hold', 'one is green on the base');
    const broken = { passed: ['adds'], failed: [A, `${B} > x`], broken: [A] };
    assert.equal(ends(runs(broken, RED)), 'the checks do not hold', 'one does not load');
    assert.equal(ends(runs(RED, broken)), null, 'what the base lacks need not load there');
  });

  test('in a repository of two ecosystems hold where the gate that runs them says so, and the other one is asked too', () => {
    const python = gateSpec({ id: 'pytest', argv: ['pytest'] });
    const both: GoalEvent = { type: 'policy.resolved', data: { policy: policyOf(gateSpec(), python) } };
    const events = handedIn.map((each) => (each.type === 'policy.resolved' ? both : each));
    const ofPython = runs({ passed: ['test_add'] }, { passed: ['test_add'] }).map((each): GoalEvent => {
      assert.ok(each.type === 'gate.measured');
      return { ...each, data: { ...each.data, gate: 'pytest' } };
    });
    const found = (more: readonly GoalEvent[]) => assessSubmission(fold([...events, ...more]));
    assert.equal(found(runs(RED, RED)).kind, 'needs', 'both gates are asked');
    assert.equal(found([...runs(RED, RED), ...ofPython]).kind, 'accepted');
    const none = runs({ passed: ['adds'] }, { passed: ['adds'] });
    assert.equal(found([...none, ...ofPython]).kind, 'refused', 'no gate runs them');
  });

  test('no worker begins before them, and none of them is frozen', () => {
    const before = fold([...handedIn, ...runs(RED, RED)]);
    assert.equal(admits(before, worker), 'the checks of the goal are not there yet');
    assert.deepEqual(visibleOf(before), []);
    const after = fold([...handedIn, ...runs(RED, RED), accepted]);
    assert.deepEqual([after.plan, visibleOf(after).length, heldOutOf(after)?.paths.length], [null, 1, 2]);
  });

  test('are approved by their digest, and refused for others', () => {
    const after = fold([...handedIn, ...runs(RED, RED), accepted]);
    assert.equal(admits(after, approved('a'.repeat(64))), null);
    assert.equal(admits(after, approved('b'.repeat(64))), 'these are not the checks of the goal');
    const refused = fold([{ type: 'plan.rejected', data: { why: 'no' } }], after);
    assert.deepEqual([heldOutOf(refused), refused.submissions, refused.rejected?.oracles], [null, [], 1]);
    assert.equal(admits(refused, approved('a'.repeat(64))), 'these are not the checks of the goal');
  });

  test('are written by one session at a time, where the plan asks for it and there are none yet', () => {
    const planned = handedIn.find(({ type }) => type === 'plan.made') ?? assert.fail();
    const oracle = (attempt: number): GoalEvent => ({
      type: 'attempt.started',
      data: { attempt, task: 'oracle', role: 'oracle', worktree: '/w' },
    });
    const ended: GoalEvent = { type: 'attempt.ended', data: { attempt: 1, why: 'turns_spent' } };
    const begins = (events: readonly GoalEvent[], attempt = 2): string | null => admits(fold(events), oracle(attempt));
    assert.equal(begins([...handedIn, ended, planned]), null);
    assert.equal(begins([...handedIn, ended]), 'the plan asks for no oracle');
    assert.equal(begins(handedIn), 'an oracle works already');
    assert.equal(begins([...handedIn, ended, planned], 3), 'attempts are numbered one by one');
    assert.equal(begins([...handedIn, ...runs(RED, RED), accepted, planned]), 'there are checks already');
  });

  test('are those of the tree that its turn left, once', () => {
    const submitted = handedIn.at(-1);
    assert.ok(submitted?.type === 'checks.submitted');
    const { data } = submitted;
    const before = fold(handedIn.slice(0, -1));
    assert.equal(admits(before, submitted), null);
    for (const other of [{ tree: WRONG }, { turn: 2 }, { attempt: 2 }])
      assert.match(
        admits(before, { type: 'checks.submitted', data: { ...data, ...other } }) ?? '',
        /no oracle left this tree/,
      );
    assert.equal(admits(fold(handedIn), submitted), 'handed in already');
    const ended = fold([...handedIn.slice(0, -1), { type: 'attempt.ended', data: { attempt: 1, why: 'turns_spent' } }]);
    assert.equal(admits(ended, submitted), 'no oracle left this tree');
  });

  test('are approved and refused while the goal goes on, and refused only before work has landed', () => {
    const rejected: GoalEvent = { type: 'plan.rejected', data: { why: 'no' } };
    const after = fold([...handedIn, ...runs(RED, RED), accepted]);
    assert.equal(admits(after, rejected), null);
    assert.equal(admits(fold(handedIn), rejected), 'no session has made a plan or written checks');
    const over = { ...after, status: 'cancelled' } as const;
    for (const event of [rejected, approved('a'.repeat(64))])
      assert.equal(admits(over, event), 'the goal is cancelled');
    const landed = [{ task: 't1', attempt: 2, candidate: BASE, commit: 'c'.repeat(40), tree: BASE }];
    assert.equal(admits({ ...after, landed }, rejected), 'work that they showed has landed');
  });

  const turn = (number: number): readonly GoalEvent[] => [
    { type: 'turn.started', data: { attempt: 1, turn: number, prompt: BLOB } },
    { type: 'turn.ended', data: { ...turnEnded.data, turn: number } },
    { type: 'snapshot.taken', data: { attempt: 1, turn: number, snapshot: snapshotOf(tree('oracle')) } },
  ];
  const refusedAt = (number: number): GoalEvent => ({
    type: 'checks.submitted',
    data: { attempt: 1, turn: number, tree: tree('oracle'), kind: 'refused', why: ['too large'] },
  });

  test('are refused with the reason, and for runs that differ or that no gate makes', () => {
    const why = (...more: readonly GoalEvent[]) => {
      const found = assessSubmission(fold([...handedIn, ...more]));
      return found.kind === 'refused' ? found.why : found.kind;
    };
    assert.deepEqual(why(...turn(2), refusedAt(2)), ['too large']);
    const flaky = [run(WRONG, 1, { ...RED, failed: [...RED.failed, `${A} > y`] }), ...runs(RED, RED).slice(1)];
    assert.deepEqual(why(...flaky.with(1, run(WRONG, 2, { ...RED, passed: ['adds', `${A} > y`] }))), [
      `${A} > y differs between two runs`,
    ]);
    const second = run(WRONG, 2, { ...RED, passed: ['adds', `${A} > y`] });
    assert.ok(second.type === 'gate.measured');
    const reordered: GoalEvent = { ...second, data: { ...second.data, reordered: true } };
    assert.match(
      String(why(...flaky.with(1, reordered))),
      / > y differs .* in another order: each test must stand alone/,
    );
    const limits = (...more: readonly GoalEvent[]) => {
      const state = fold([...handedIn, ...more, accepted]);
      const { created: of } = state;
      assert.ok(of);
      const now = { ...state, created: { ...of, options: { ...of.options, oracleRules: 4 as const } } };
      return oracleLimits(now, BASE).map(({ code }) => code);
    };
    const same = runs(RED, RED);
    assert.ok(limits(...same).includes('K_ONE_ORDER'), 'and the proof says where there was one');
    const two = same.map((each): GoalEvent =>
      each.type === 'gate.measured' && each.data.round === 2
        ? { ...each, data: { ...each.data, reordered: true } }
        : each,
    );
    assert.ok(!limits(...two).includes('K_ONE_ORDER'));
    const none = { passed: ['adds'] };
    assert.match(why(...runs(none, none)).at(-1) ?? '', /no gate that counts tests runs these files/);
    const half = { passed: ['adds', `${B} > x`], failed: [`${A} > x`] };
    assert.deepEqual(why(...runs(half, RED)), [`no test of ${B} fails on the wrong solution`]);
  });

  test('that reach for a network are refused with the line that says so, and not in logs of before', () => {
    const says = (event: GoalEvent, tail: string): GoalEvent =>
      event.type === 'gate.measured' ? { ...event, data: { ...event.data, tail } } : event;
    const found = (tail: string, oracleRules: 4 | 5, onBase = '') => {
      const of = handedIn.map((each): GoalEvent => {
        if (each.type === 'goal.created')
          return { ...each, data: { ...each.data, options: { ...each.data.options, oracleRules } } };
        return says(each, onBase);
      });
      return assessSubmission(fold([...of, ...runs(RED, RED).map((each) => says(each, tail))]));
    };
    const line = 'TypeError: fetch failed: getaddrinfo EAI_AGAIN example.org';
    assert.deepEqual(found(`first\n  ${line}\nlast`, 5), {
      kind: 'refused',
      why: [`checks run without a network, and one of these reaches for it: ${line}`],
    });
    assert.equal(found(line, 4).kind, 'accepted');
    assert.equal(found(line, 5, 'curl: name or service not known').kind, 'accepted', 'as the tests of the base do');
    assert.equal(
      found('connect ECONNREFUSED 127.0.0.1:80', 5).kind,
      'accepted',
      'a server of its own may be missing yet',
    );
  });

  test('that are handed in again need runs of their own, and are not asked for a fourth time', () => {
    const last = handedIn.at(-1);
    assert.ok(last?.type === 'checks.submitted');
    const again: GoalEvent = { type: 'checks.submitted', data: { ...last.data, turn: 2 } };
    const state = fold([...handedIn, ...runs(RED, RED), ...turn(2), again]);
    assert.equal(admits(state, accepted), 'the checks do not hold');
    const refused = (times: number): GoalState =>
      fold([
        ...handedIn.slice(0, -1),
        refusedAt(1),
        ...Array.from({ length: times - 1 }, (_, n) => [...turn(n + 2), refusedAt(n + 2)]).flat(),
      ]);
    const next = (times: number) =>
      decideOracle(refused(times), (_attempt, judge) => judge())?.map(({ key }) => key) ?? null;
    assert.deepEqual([next(2), next(3)], [['turn:1:3'], ['attempt-end:1']]);
  });

  test('that are refused take the work with them that they showed, and a part of a goal has none', () => {
    const after = fold([...handedIn, ...runs(RED, RED), accepted]);
    const [attempt] = after.oracles;
    assert.ok(attempt);
    const shown = { ...after, attempts: [{ ...attempt, attempt: 2, task: 't1', ended: 'accepted' as const }] };
    const refused = fold([{ type: 'plan.rejected', data: { why: 'no' } }], shown);
    assert.equal(refused.attempts[0]?.ended, 'no_progress');
    const focus: GoalState['focus'] = { task: 't1', snapshot: snapshotOf(tree('x')), start: BASE };
    assert.equal(heldOutOf({ ...after, focus }), null);
  });
});
