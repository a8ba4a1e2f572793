import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { HeldOutContent } from '../../domain/evidence/held-out.ts';
import { sha256Hex, utf8 } from '../format/bytes.ts';
import { at } from '../format/json.ts';
import { bundleOf, failures, OWNER, verifyFiles, verifyV1 } from '../testing/bundle.ts';
import { forge, payloadOf } from '../testing/forge.ts';
import { ending, type TestGoal } from '../testing/goal.ts';
import { heldOutGoal } from '../testing/held-out.ts';

type Change = {
  readonly run?: (run: Measurement) => Measurement;
  readonly revealed?: (content: HeldOutContent) => HeldOutContent;
  /** New files that the log says the checks use. */
  readonly named?: readonly string[];
};

/** The bundle of a log that says something else, as one who holds the key could write it. */
async function lying(
  { run = (each) => each, revealed = (content) => content, named }: Change,
  goal: TestGoal = heldOutGoal(),
): Promise<readonly string[]> {
  const events = goal.events.map((event): GoalEvent => {
    if (event.type === 'held_out.revealed') return { ...event, data: revealed(event.data) };
    if (event.type === 'candidate.examined' && named) return { ...event, data: { ...event.data, named } };
    return event.type === 'gate.measured' && event.data.over !== undefined
      ? { ...event, data: run(event.data) }
      : event;
  });
  return failures(await verifyV1(goal, await bundleOf(goal, [...events, ending(events, 'ready')])));
}

suite('a proof with held-out checks', () => {
  for (const on of ['base', 'wrong'] as const)
    test(`verifies where they had to fail on the ${on === 'base' ? 'base' : 'wrong solution'}, and says so`, async () => {
      const goal = heldOutGoal(on);
      const files = await bundleOf(goal, [...goal.events, ending(goal.events, 'ready')]);
      const report = await verifyV1(goal, files);
      assert.deepEqual([failures(report), report.reached], [[], 'V1']);
      assert.ok(report.proven?.levels.includes('OMK_HELD_OUT'));
      assert.equal(report.checks.filter(({ text }) => /with the held-out checks$/.test(text)).length, 4);
      assert.equal(
        at(payloadOf(files, 'terminal'), 'predicate', 'https://omk.dev/run/v1', 'heldOut', 'revealed'),
        true,
      );
      const shown = [...files]
        .filter(([name]) => name.startsWith('held-out/'))
        .map(([, content]) => new TextDecoder().decode(content));
      assert.ok(
        shown.some((text) => text.includes("test('hidden'")),
        'the checks are in the bundle',
      );
    });

  test('is refused where others are revealed than were committed to', async () => {
    const other = utf8('test("easy", () => {});\n');
    const goal = heldOutGoal();
    goal.blobs.set(sha256Hex(other), other);
    const files = (content: HeldOutContent): HeldOutContent => ({
      ...content,
      files: content.files.map((file) => ({ ...file, blob: { ...file.blob, sha256: sha256Hex(other) } })),
    });
    assert.ok((await lying({ revealed: files }, goal)).includes('E_HELD_OUT'));
    assert.ok((await lying({ revealed: (content) => ({ ...content, nonce: 'm' }) })).includes('E_HELD_OUT'));
    assert.ok((await lying({ revealed: (content) => ({ ...content, files: [] }) })).includes('E_HELD_OUT'));
    assert.ok(
      (await lying({ revealed: (content) => ({ ...content, wrong: [] }) }, heldOutGoal('wrong'))).includes(
        'E_HELD_OUT',
      ),
    );
  });

  test('is refused where it says that they use what they do not', async () => {
    assert.deepEqual(await lying({ named: ['src/else.js'] }), ['E_HELD_OUT']);
  });

  test('is refused where a run judged a tree without them', async () => {
    const { candidate } = heldOutGoal();
    assert.deepEqual(await lying({ run: (run) => (run.over === candidate ? { ...run, tree: candidate } : run) }), [
      'E_HELD_OUT',
    ]);
    assert.deepEqual(
      await lying({ run: (run) => (run.purpose === 'oracle' ? { ...run, tree: run.over ?? '' } : run) }),
      ['E_HELD_OUT'],
    );
  });

  test('is not even written where they did not fail, do not pass, or are not revealed', async () => {
    const green = (run: Measurement): Measurement => ({ ...run, outcome: { kind: 'exited', code: 0 } });
    await assert.rejects(lying({ run: (run) => (run.purpose === 'oracle' ? green(run) : run) }), /not ready/);
    await assert.rejects(
      lying({ run: (run) => (run.purpose === 'held_out' ? { ...run, outcome: { kind: 'exited', code: 1 } } : run) }),
      /not ready/,
    );
    await assert.rejects(lying({ run: (run) => ({ ...run, over: 'd'.repeat(40) }) }), /not ready/);
    const goal = heldOutGoal();
    const sealed = goal.events.filter(({ type }) => type !== 'held_out.revealed');
    await assert.rejects(bundleOf(goal, [...sealed, ending(sealed, 'ready')]), /G_HELD_OUT_SEALED/);
  });

  test('of another status keeps them, and verifies', async () => {
    const goal = heldOutGoal();
    const events = goal.events.filter(({ type }) => type !== 'held_out.revealed' && type !== 'goal.integrated');
    const files = await bundleOf(goal, [...events, ending(events, 'not_ready')]);
    assert.ok(![...files.keys()].some((name) => name.startsWith('held-out/')));
    const report = await verifyV1(goal, files);
    assert.deepEqual([failures(report), report.reached], [[], 'V1']);
  });

  test('is refused where a revealed file was replaced, and not verified at V1 without it', async () => {
    const goal = heldOutGoal();
    const files = new Map(await bundleOf(goal, [...goal.events, ending(goal.events, 'ready')]));
    const name = [...files.keys()].find((each) => each.startsWith('held-out/')) ?? '';
    assert.deepEqual(failures(await verifyFiles(new Map(files).set(name, utf8('easy')))), ['E_BLOB']);
    files.delete(name);
    assert.deepEqual(failures(await verifyV1(goal, files)), ['E_HELD_OUT']);
  });

  test('is refused where its statement claims the level without them', async () => {
    const goal = heldOutGoal();
    const files = await bundleOf(goal, [...goal.events, ending(goal.events, 'ready')]);
    const forged = forge(files, OWNER, {
      log: (events) => events.filter((event) => at(event, 'type') !== 'held_out.revealed'),
    });
    assert.ok(failures(await verifyFiles(forged)).includes('E_STATUS'));
  });
});
