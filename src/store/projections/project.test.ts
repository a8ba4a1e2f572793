import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { logOf, measurement, sampleBlob, sampleEvents } from '../testing/sample-goal.ts';
import { projectGoal } from './project.ts';

const ended = sampleEvents.findIndex((event) => event.type === 'goal.ended') + 1;
const textOf = (files: ReadonlyMap<string, Uint8Array>, path: string): string => {
  const content = files.get(path);
  assert.ok(content, `no ${path}, only ${[...files.keys()].join(' ')}`);
  return Buffer.from(content).toString();
};
const project = (length: number): Promise<ReadonlyMap<string, Uint8Array>> =>
  projectGoal(logOf(sampleEvents.slice(0, length)), sampleBlob);

describe('the files of a goal', () => {
  it('are these', async () => {
    assert.deepEqual([...(await project(ended)).keys()].sort(), [
      'artifacts/attempt-1/turn-1/prompt.md',
      'artifacts/attempt-1/turn-1/stream.ndjson',
      'artifacts/gates/0003-test-baseline-1/report',
      'artifacts/gates/0003-test-baseline-1/stderr.txt',
      'artifacts/gates/0003-test-baseline-1/stdout.txt',
      'artifacts/gates/0004-test-baseline-2/report',
      'artifacts/gates/0004-test-baseline-2/stderr.txt',
      'artifacts/gates/0004-test-baseline-2/stdout.txt',
      'artifacts/patches/0011-cccccccccccc.patch',
      'cost.jsonl',
      'decisions.jsonl',
      'events.jsonl',
      'failure.json',
      'goal.json',
      'prd.md',
      'task-graph.json',
      'technical-plan.md',
      'test-spec.md',
    ]);
  });

  it('hold the lines of the log verbatim, and the bytes of the blobs', async () => {
    const files = await project(ended);
    assert.equal(
      textOf(files, 'events.jsonl'),
      logOf(sampleEvents.slice(0, ended))
        .map(({ line }) => `${line}\n`)
        .join(''),
    );
    assert.equal(textOf(files, 'artifacts/attempt-1/turn-1/prompt.md'), 'Please add.');
    assert.equal(textOf(files, 'artifacts/patches/0011-cccccccccccc.patch'), 'diff --git a/a.js b/a.js\n');
  });

  it('say where the goal stands', async () => {
    const goal: Record<string, unknown> = JSON.parse(textOf(await project(ended), 'goal.json'));
    assert.equal(goal['goal'], 'g-1');
    assert.equal(goal['status'], 'not_ready');
    assert.deepEqual(goal['attempts'], [
      { attempt: 1, ended: 'turns_spent', task: 't1', turns: 1, worktree: '/state/w/1' },
    ]);
    const early: Record<string, unknown> = JSON.parse(textOf(await project(ended - 3), 'goal.json'));
    assert.equal(early['status'], 'running');
    assert.equal(early['gaps'], null);
  });

  it('quote what was asked for, so that it cannot pose as part of the page', async () => {
    const prd = textOf(await project(ended), 'prd.md');
    assert.match(prd, /^# Make it add\n/);
    assert.match(prd, /^> # Not a heading$/m);
    assert.match(prd, /^- \*\*c1\*\* gate `test` passes \(gate `test`\)$/m);
    assert.match(prd, /`check-1`/);
    assert.match(textOf(await project(1), 'prd.md'), /Not planned yet\./);
  });

  it('name gates, plan and graph', async () => {
    const files = await project(ended);
    assert.match(textOf(files, 'test-spec.md'), /command: `npm run 'the tests'` in `\.`/);
    assert.match(textOf(files, 'test-spec.md'), /gate `lint` may stay red/);
    assert.match(textOf(files, 'technical-plan.md'), /### t1: Add/);
    assert.match(textOf(files, 'technical-plan.md'), /uncommitted changes/);
    assert.deepEqual(JSON.parse(textOf(files, 'task-graph.json')).edges, []);
    assert.equal(JSON.parse(textOf(await project(1), 'task-graph.json')).tasks, null);
  });

  it('list decisions in order, and nothing that was allowed', async () => {
    const lines = textOf(await project(ended), 'decisions.jsonl')
      .trimEnd()
      .split('\n');
    const kinds = lines.map((line): unknown => JSON.parse(line).kind);
    assert.deepEqual(kinds, ['check_refused', 'permission_refused', 'question', 'answer']);
    assert.equal(JSON.parse(lines[1] ?? '').title, 'write /etc/passwd');
  });

  it('have a failure only while the goal has ended and is not ready', async () => {
    assert.equal((await project(ended - 1)).has('failure.json'), false);
    assert.equal(JSON.parse(textOf(await project(ended), 'failure.json')).gaps[0].code, 'G_GATE_FAILED');
    assert.equal((await project(ended + 1)).has('failure.json'), false);
    const cancelled = JSON.parse(textOf(await project(ended + 2), 'failure.json'));
    assert.deepEqual([cancelled.status, cancelled.why], ['cancelled', 'enough']);
  });

  it('say which blob is lost', async () => {
    const files = await projectGoal(logOf(sampleEvents), async () => null);
    assert.match(
      textOf(files, 'artifacts/attempt-1/turn-1/prompt.md.missing'),
      /^Blob [0-9a-f]{64} is not in the store\.\n$/,
    );
    assert.equal(files.has('artifacts/attempt-1/turn-1/prompt.md'), false);
  });

  it('are there for any prefix of a log, and stay inside the folder whatever a gate is called', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: sampleEvents.length }),
        fc.oneof(fc.string(), fc.constantFrom('..', '../../x', '/etc', 'a\0b', '')),
        async (length, gate) => {
          const events = [
            ...sampleEvents.slice(0, length),
            { type: 'gate.measured', data: measurement({ gate }) } as const,
          ];
          for (const path of (await projectGoal(logOf(events), sampleBlob)).keys())
            assert.match(path, /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9._-]+$/);
        },
      ),
      { numRuns: 100 },
    );
  });
});
