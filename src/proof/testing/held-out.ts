import type { Measurement } from '../../domain/gates/evidence.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { commitmentText, type HeldOutContent } from '../../domain/evidence/held-out.ts';
import type { BlobRef, TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../format/bytes.ts';
import { FIXED, fixedGoal, type TestGoal } from './goal.ts';

const PATH = 'test/hidden.test.js';
const CHECK = "test('hidden', () => {});\n";
const HIDDEN = `${PATH} > hidden`;
const BASE_SOURCE = 'export const sum = (a, b) => a - b;\n';
const WRONG_SOURCE = 'export const sum = () => 3;\n';

/** `fixedGoal()` with one held-out check, that had to fail on the base or on a wrong solution. */
export function heldOutGoal(on: 'base' | 'wrong' = 'base'): TestGoal {
  const goal = fixedGoal();
  const { repository, blobs, base, candidate } = goal;
  const put = (text: string): BlobRef => {
    const content = new TextEncoder().encode(text);
    blobs.set(sha256Hex(content), content);
    return { sha256: sha256Hex(content), bytes: content.length, truncated: false };
  };
  const wrong = on === 'wrong';
  const oracle = wrong ? repository.add({ ...FIXED, 'src/sum.js': WRONG_SOURCE }) : base;
  const content: HeldOutContent = {
    nonce: 'n',
    files: [{ path: PATH, mode: '100644', blob: put(CHECK) }],
    wrong: wrong ? [{ path: 'src/sum.js', mode: '100644', blob: put(WRONG_SOURCE) }] : [],
  };
  const laid = (source: string): TreeId => repository.add({ ...FIXED, 'src/sum.js': source, [PATH]: CHECK });
  const plain = goal.events.find((event) => event.type === 'gate.measured')?.data;
  if (!plain) throw new TypeError('the goal has no run');
  const run = (more: Partial<Measurement>, passed: readonly string[], failed: readonly string[]): GoalEvent => ({
    type: 'gate.measured',
    data: {
      ...plain,
      outcome: { kind: 'exited', code: failed.length > 0 ? 1 : 0 },
      report: {
        kind: 'tests',
        reader: 'node-test',
        tests: { passed, failed, skipped: [] },
        blob: put(`report ${passed.join()} ${failed.join()}`),
      },
      ...more,
    },
  });
  const oracles = [1, 2].map((round) =>
    run(
      { purpose: 'oracle', round, over: oracle, tree: laid(wrong ? WRONG_SOURCE : BASE_SOURCE) },
      ['exists'],
      ['adds', HIDDEN],
    ),
  );
  const onFix = { over: candidate, tree: laid(FIXED['src/sum.js'] ?? ''), round: 1 };
  const held = [
    run({ ...onFix, purpose: 'held_out' }, ['adds', 'exists', HIDDEN], []),
    run(
      { ...onFix, purpose: 'canary', canary: { file: PATH, name: 'omk-canary-2f' } },
      ['adds', 'exists', HIDDEN],
      [`${PATH} > omk-canary-2f`],
    ),
  ];
  const heldOut = {
    commitment: sha256Hex(commitmentText(content)),
    paths: [PATH],
    hidden: ['/home/user/hidden'],
    oracle,
  };
  const events = goal.events.flatMap((event): readonly GoalEvent[] => {
    if (event.type === 'goal.created')
      return [{ ...event, data: { ...event.data, options: { ...event.data.options, heldOut } } }];
    if (event.type === 'plan.made') return [...oracles, event];
    if (event.type === 'attempt.ended') return [...held, event];
    return event.type === 'goal.integrated' ? [event, { type: 'held_out.revealed', data: content }] : [event];
  });
  return { ...goal, events };
}
