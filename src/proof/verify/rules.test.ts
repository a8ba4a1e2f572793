import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { CURRENT_RULES } from '../rules/current.ts';
import type { KnownSet } from '../rules/known.ts';
import type { RulesDoor } from '../rules/resolve.ts';
import { bundleOf, failures, readyBundle, verifyV1 } from '../testing/bundle.ts';
import { ending, fixedGoal } from '../testing/goal.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A rule set of another day: the sources with one function replaced. */
async function otherSet(change: string): Promise<{ readonly bytes: Uint8Array; readonly digest: string }> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { RULES as now } from './set.ts'; export const RULES = { ...now, ${change} };`,
      resolveDir: join(root, 'src/proof/rules'),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}

const door = (sets: readonly KnownSet[], bytes: Uint8Array | null, accepted: readonly string[] = []): RulesDoor => ({
  known: [...sets, { id: 'judge/99', status: 'current', digest: null }],
  accepted,
  frozen: async () => bytes,
});

/** A bundle that says it was judged by `rules`; null: it does not say. */
async function judgedBy(rules: string | null, edit: (event: GoalEvent) => GoalEvent = (event) => event) {
  const goal = fixedGoal();
  const named = (event: GoalEvent): GoalEvent => {
    if (event.type !== 'candidate.examined' && event.type !== 'goal.ended') return event;
    const { rules: _before, ...data } = event.data;
    const said = rules === null ? data : { ...data, rules };
    return { type: event.type, data: said } as GoalEvent;
  };
  const events = goal.events.map(named).map(edit);
  return { goal, files: await bundleOf(goal, [...events, named(ending(events, 'ready'))]) };
}

/** The contract as rules made it that took the change of a source for new tests. */
const BROAD = `contractOf: async (...asked) => {
  const found = await now.contractOf(...asked);
  return { ...found, plan: { ...found.plan, extended: ['src/sum.js'] } };
}`;
const madeByBroad = (event: GoalEvent): GoalEvent =>
  event.type === 'candidate.examined' ? { ...event, data: { ...event.data, extended: ['src/sum.js'] } } : event;

test('a proof names the rules that judged, and is judged by them', async () => {
  const { goal, files } = await readyBundle();
  const report = await verifyV1(goal, files);
  assert.deepEqual([report.reached, report.proven?.rules], ['V1', CURRENT_RULES]);
});

test('a proof by rules of another day is judged by those, and no forgery', async () => {
  const set = await otherSet(BROAD);
  const { goal, files } = await judgedBy('judge/7', madeByBroad);
  const superseded: KnownSet = { id: 'judge/7', status: 'superseded', digest: set.digest };
  const known = await verifyV1(goal, files, { rules: door([superseded], set.bytes) });
  assert.equal(known.reached, 'V1', failures(known).join());
  const wrong = await judgedBy('judge/7');
  const lied = await verifyV1(wrong.goal, wrong.files, { rules: door([superseded], set.bytes) });
  assert.deepEqual(failures(lied), ['E_RECIPE'], 'and the rules of that day find a lie of that day');
});

test('a set reads lines as it did in its day, whatever events are now', async () => {
  const set = await otherSet(`upcast: (raw) => ({ ...raw, readBy: 'judge/7' }),
    factsOf: (events) => events.every(({ readBy }) => readBy === 'judge/7') ? now.factsOf(events) : null`);
  const { goal, files } = await judgedBy('judge/7');
  const superseded: KnownSet = { id: 'judge/7', status: 'superseded', digest: set.digest };
  assert.equal((await verifyV1(goal, files, { rules: door([superseded], set.bytes) })).reached, 'V1');
});

test('rules that are not at hand, or not the bytes of their digest, are unknown and accuse nobody', async () => {
  const { goal, files } = await judgedBy('judge/7');
  const set = await otherSet('');
  const superseded: KnownSet = { id: 'judge/7', status: 'superseded', digest: set.digest };
  for (const rules of [
    door([], null),
    door([superseded], null),
    door([superseded], Buffer.concat([set.bytes, Buffer.from('\n')])),
  ])
    assert.deepEqual(failures(await verifyV1(goal, files, { rules })), ['E_RULES_UNKNOWN']);
  assert.equal((await verifyV1(goal, files, { rules: door([superseded], set.bytes) })).reached, 'V1');
});

test('a withdrawn set verifies only where the verifier accepts it by name', async () => {
  const { goal, files } = await judgedBy('judge/7');
  const set = await otherSet('');
  const withdrawn: KnownSet = { id: 'judge/7', status: 'withdrawn', digest: set.digest, hole: 'skipped tests counted' };
  const refused = await verifyV1(goal, files, { rules: door([withdrawn], set.bytes) });
  assert.deepEqual(failures(refused), ['E_RULES_WITHDRAWN']);
  assert.match(refused.checks.find(({ ok }) => !ok)?.text ?? '', /judge\/7 is withdrawn: skipped tests counted/);
  assert.deepEqual(failures(await verifyV1(goal, files, { rules: door([withdrawn], set.bytes, ['judge/6']) })), [
    'E_RULES_WITHDRAWN',
  ]);
  assert.equal((await verifyV1(goal, files, { rules: door([withdrawn], set.bytes, ['judge/7']) })).reached, 'V1');
});

test('what other builds of rules that may change find otherwise is no forgery either', async () => {
  for (const named of [null, 'judge/1-0123456789ab']) {
    const honest = await judgedBy(named);
    assert.equal((await verifyV1(honest.goal, honest.files)).reached, 'V1');
    const other = await judgedBy(named, madeByBroad);
    const codes = failures(await verifyV1(other.goal, other.files));
    assert.deepEqual(codes, ['E_RULES_UNKNOWN'], String(named));
  }
});

test('golden bundles of every set still verify by it; those of sets that may change are at least not called forged', async () => {
  const golden = join(import.meta.dirname, '..', 'testing', 'golden');
  for (const name of readdirSync(golden)) {
    const content: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(golden, name), 'utf8'));
    const files = new Map(Object.entries(content).map(([file, text]) => [file, Buffer.from(text, 'base64')]));
    const report = await verifyV1(fixedGoal(), files);
    assert.ok(
      report.reached === 'V1' || failures(report).join() === 'E_RULES_UNKNOWN',
      `${name}: ${failures(report).join()}`,
    );
  }
});
