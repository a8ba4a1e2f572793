import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { utf8 } from '../../proof/format/bytes.ts';
import { firstLink, readTape, sealEntry, type Entry } from '../../replay/cassette/tape.ts';
import { chaos, type Chaos } from '../testing/chaos/run.ts';
import type { Recorded } from './recorded.ts';
import { replayGoal, type Replayed } from './replay.ts';

const SEEDS = Array.from({ length: 50 }, (_, index) => [5029, 20787185][index] ?? index + 1);

const changed = (recorded: Recorded, change: (event: LoggedEvent) => LoggedEvent): Recorded => ({
  ...recorded,
  events: recorded.events.map(change),
});

/** The most attempts that had a turn under way at one time. */
function atOnce(events: readonly LoggedEvent[]): number {
  const now = new Set<number>();
  return events.reduce((most, { type, data }) => {
    if (type === 'turn.started') now.add(data.attempt);
    if (type === 'turn.ended' || type === 'attempt.ended') now.delete(data.attempt);
    return Math.max(most, now.size);
  }, 0);
}

const REPORT = /"report":\{"kind":/;

/** Entries as an execution of the goal would have written them. */
const textOf = (goal: string, run: number, entries: readonly Entry[]): string =>
  entries.reduce(
    ({ all, before }, entry) => {
      const { line, link } = sealEntry(before, entry);
      return { all: all + line, before: link };
    },
    { all: '', before: firstLink(goal, run) },
  ).all;

/** The first of the seeds whose goal got as far as a turn. */
async function withTurn(): Promise<Chaos> {
  for (const seed of SEEDS) {
    const found = await chaos(seed);
    if (found.recorded.events.some(({ type }) => type === 'turn.started')) return found;
  }
  assert.fail('no goal got as far as a turn');
}

const playing = (recorded: Recorded, ...runs: readonly string[]): Recorded => ({
  ...recorded,
  cassette: { ...recorded.cassette, runs },
});

describe('executions in a world where agents crash, doors fail, clocks jump and processes are killed', () => {
  test('make the same log again from what was recorded', async () => {
    let killed = 0;
    let most = 0;
    for (const seed of SEEDS) {
      const { recorded, replayed, processes } = await chaos(seed);
      killed += processes - 1;
      most = Math.max(most, atOnce(recorded.events));
      assert.equal(
        replayed.kind,
        'reproduced',
        `npm run chaos -- --runs 1 --seed ${seed}: ${JSON.stringify(replayed)}`,
      );
    }
    assert.ok(killed > 10, 'more than one process worked on some');
    assert.ok(most >= 6, `${most} agents at once at most`);
  });

  test('another verdict or prompt than the recorded one is a divergence, at its event and with both sides', async () => {
    const { recorded } = await withTurn();
    const measured = recorded.events.find(({ type }) => type === 'gate.measured')?.seq;
    const other = await replayGoal(
      changed(recorded, (event) =>
        event.type === 'gate.measured' && event.seq === measured
          ? { ...event, data: { ...event.data, outcome: { kind: 'exited', code: 7 } } }
          : event,
      ),
    );
    assert.ok(other.kind === 'diverged' && other.here?.type === 'gate.measured', JSON.stringify(other));
    assert.deepEqual([other.seq, other.recorded?.seq], [measured, measured]);

    const prompt = recorded.events.find((event) => event.type === 'turn.started');
    assert.ok(prompt?.type === 'turn.started');
    const text = Buffer.from((await recorded.blob(prompt.data.prompt.sha256)) ?? []).toString();
    const sha256 = 'a'.repeat(64);
    const reworded = await replayGoal({
      ...changed(recorded, (event) =>
        event === prompt ? { ...prompt, data: { ...prompt.data, prompt: { ...prompt.data.prompt, sha256 } } } : event,
      ),
      blob: async (asked) => (asked === sha256 ? utf8(text.replace('# Goal', '# Aim')) : recorded.blob(asked)),
    });
    assert.ok(reworded.kind === 'diverged' && reworded.seq === prompt.seq, JSON.stringify(reworded));
    assert.deepEqual([reworded.text?.recorded, reworded.text?.here], ['# Aim', '# Goal']);
  });

  test('an edited report in the recording is corrupt, and a divergence with both sides where somebody sealed it', async () => {
    const { recorded } = await withTurn();
    const { runs } = recorded.cassette;
    const at = runs.findIndex((text) => REPORT.test(text));
    const edited = (text: string): string => text.replace(REPORT, '"report":{"kind":"exit_only","x":');
    const text = runs[at] ?? assert.fail('no gate was run');
    const corrupt = await replayGoal(playing(recorded, ...runs.with(at, edited(text))));
    assert.equal(corrupt.kind, 'cassette_corrupt', JSON.stringify(corrupt));

    const { opening, entries } = readTape(text, recorded.goal, at + 1) ?? assert.fail();
    const forged = [opening, ...entries].map((entry): Entry => JSON.parse(edited(JSON.stringify(entry))));
    const sealed = await replayGoal(playing(recorded, ...runs.with(at, textOf(recorded.goal, at + 1, forged))));
    assert.ok(sealed.kind === 'diverged' && sealed.here?.type === 'gate.measured', JSON.stringify(sealed));
    assert.equal(sealed.recorded?.type, 'gate.measured');
  });

  test('a recording that somebody sealed with what no omk writes says so in one line, and is no error of omk', async () => {
    const { recorded } = await withTurn();
    const { runs } = recorded.cassette;
    const at = runs.findIndex((text) => REPORT.test(text));
    const { opening, entries } = readTape(runs[at] ?? '', recorded.goal, at + 1) ?? assert.fail();
    const sealed = (change: (entry: Entry) => Entry): Promise<Replayed> =>
      replayGoal(playing(recorded, ...runs.with(at, textOf(recorded.goal, at + 1, [opening, ...entries].map(change)))));
    const words = [
      await sealed((entry) =>
        entry.t === 'done' && entry.k.startsWith('gates.run') ? { ...entry, r: { $: 'bigint', v: 'x' } } : entry,
      ),
      await sealed((entry) =>
        entry.t === 'back' && entry.k.startsWith('agents.runTurn') ? { ...entry, a: [null] } : entry,
      ),
      await sealed((entry) => (entry.t === 'open' ? { ...entry, v: 1, omk: '1\nREPRODUCED: all' } : entry)),
    ].map((replayed) => `${replayed.kind}: ${'why' in replayed ? replayed.why : ''}`);
    assert.match(words[0] ?? '', /^cassette_corrupt: what [a-zA-Z.]+ gave is not what omk writes: SyntaxError/);
    assert.match(words[1] ?? '', /^diverged: the engine fails on what agents\.runTurn gave: TypeError/);
    assert.match(words[2] ?? '', /^not_comparable: omk 1 REPRODUCED: all wrote the cassette in format 1/);
  });

  test('a recording that ends before the log shows nothing of the rest', async () => {
    const { recorded } = await withTurn();
    const runs = recorded.cassette.runs;
    const last = runs.findLastIndex((text) => text.split('"k":"store.append').length > 2);
    const lines = (runs[last] ?? assert.fail('no execution appended twice')).split('\n');
    const appends = lines.flatMap((line, at) => (line.includes('"k":"store.append') ? [at] : []));
    const short = `${lines.slice(0, appends[1]).join('\n')}\n`;
    const replayed = await replayGoal(playing(recorded, ...runs.slice(0, last), short));
    assert.ok(replayed.kind === 'not_replayable', JSON.stringify(replayed));
    assert.match(replayed.why, /^the recording lacks event \d+ \([a-z.]+\), which an execution wrote$/);
  });

  test('nor does one that ends after its last run of a gate, or begins after the log', async () => {
    const { recorded } = await chaos(5);
    const { runs } = recorded.cassette;
    assert.equal(recorded.events.at(-2)?.type, 'goal.paused');
    const last = runs.findLastIndex((text) => text.includes('"k":"gates.run:'));
    const lines = (runs[last] ?? '').split('\n');
    const withGates = lines.slice(0, lines.findLastIndex((line) => line.includes('"k":"gates.run:')) + 2);
    const { opening, entries } = readTape(runs[last] ?? '', recorded.goal, last + 1) ?? assert.fail();
    const ended = await replayGoal(playing(recorded, ...runs.slice(0, last), `${withGates.join('\n')}\n`));
    const begun = await replayGoal(playing(recorded, textOf(recorded.goal, 1, [opening, ...entries])));
    for (const replayed of [ended, begun]) {
      assert.ok(replayed.kind === 'not_replayable', JSON.stringify(replayed));
      assert.match(replayed.why, /^the recording lacks event/);
    }
  });
});
