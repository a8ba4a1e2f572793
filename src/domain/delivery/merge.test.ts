import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { MERGE_METHODS, MERGE_POLICIES } from './delivery.ts';
import { nextMerge, type MergeSeen } from './merge.ts';

const PROVEN = 'c'.repeat(40);
const names = fc.constantFrom('build', 'test', 'lint');
const apps = fc.constantFrom(null, 1, 2);

const seen: fc.Arbitrary<MergeSeen> = fc.record({
  policy: fc.constantFrom(...MERGE_POLICIES),
  pullRequest: fc.record({
    state: fc.constantFrom('open' as const, 'open' as const, 'open' as const, 'closed' as const, 'merged' as const),
    draft: fc.constantFrom(false, false, true),
    commit: fc.constantFrom(PROVEN, PROVEN, 'd'.repeat(40)),
    mergeable: fc.constantFrom(true, true, false, null),
  }),
  proven: fc.constant(PROVEN),
  baseIsProven: fc.constantFrom(true, true, false),
  checks: fc.array(
    fc.record({
      name: names,
      state: fc.constantFrom('passed' as const, 'passed' as const, 'failed' as const, 'pending' as const),
      app: apps,
    }),
    { maxLength: 4 },
  ),
  required: fc.array(fc.record({ name: names, app: apps }), { maxLength: 2 }),
  queue: fc.constantFrom(false, false, true),
  methods: fc.subarray([...MERGE_METHODS]),
  asked: fc.constantFrom(null, ...MERGE_METHODS),
});

test('what is merged is the proven commit of an open pull request that is no draft, in an allowed way', () => {
  fc.assert(
    fc.property(seen, (at) => {
      const step = nextMerge(at);
      if (step.kind !== 'merge') return;
      assert.equal(step.commit, PROVEN);
      assert.equal(at.pullRequest.commit, PROVEN);
      assert.deepEqual([at.pullRequest.state, at.pullRequest.draft, at.queue], ['open', false, false]);
      assert.notEqual(at.policy, 'disabled');
      assert.ok(at.methods.includes(step.method) && (at.asked ?? step.method) === step.method);
      if (at.policy !== 'gated') return;
      assert.ok(at.baseIsProven && at.pullRequest.mergeable === true && at.checks.length > 0);
      for (const { name, app } of at.required) {
        const of = at.checks.filter((check) => check.name === name && (app === null || check.app === app));
        assert.ok(of.length > 0 && of.every(({ state }) => state === 'passed'), `${name} passed`);
      }
      if (at.required.length === 0) assert.ok(at.checks.every(({ state }) => state === 'passed'));
    }),
    { numRuns: 5_000 },
  );
});

test('a pending check is a wait and never a failure; a failed one is never waited for', () => {
  fc.assert(
    fc.property(seen, (at) => {
      const step = nextMerge(at);
      if (step.kind === 'wait') assert.equal(at.policy, 'gated');
      if (step.kind === 'refuse' && step.why === 'checks_failed')
        for (const name of step.names)
          assert.ok(at.checks.some((check) => check.name === name && check.state === 'failed'));
    }),
    { numRuns: 2_000 },
  );
});

const AT: MergeSeen = {
  policy: 'gated',
  pullRequest: { state: 'open', draft: false, commit: PROVEN, mergeable: true },
  proven: PROVEN,
  baseIsProven: true,
  checks: [{ name: 'test', state: 'passed', app: 7 }],
  required: [{ name: 'test', app: null }],
  queue: false,
  methods: ['merge', 'squash'],
  asked: null,
};

test('a required check that nobody reports, or another app than the rule names, is waited for', () => {
  assert.deepEqual(nextMerge(AT), { kind: 'merge', commit: PROVEN, method: 'merge' });
  assert.deepEqual(nextMerge({ ...AT, required: [{ name: 'build', app: null }] }), { kind: 'wait', checks: ['build'] });
  assert.deepEqual(nextMerge({ ...AT, required: [{ name: 'test', app: 8 }] }), { kind: 'wait', checks: ['test'] });
  assert.deepEqual(nextMerge({ ...AT, required: [], checks: [] }), { kind: 'refuse', why: 'no_checks', names: [] });
  assert.equal(nextMerge({ ...AT, required: [], checks: [], policy: 'manual' }).kind, 'merge');
});
