import { isRecord } from '../../domain/record.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../domain/canonical.ts';
import { sha256Hex, utf8 } from '../format/bytes.ts';
import { at, parseJson } from '../format/json.ts';
import { OWNER, bundleOf, failures, readyBundle, verifyFiles } from '../testing/bundle.ts';
import { forge } from '../testing/forge.ts';
import { ending, fixedGoal } from '../testing/goal.ts';
import type { VerifyCode } from './codes.ts';

type Files = ReadonlyMap<string, Uint8Array>;
const linesOf = (files: Files): readonly string[] =>
  new TextDecoder().decode(files.get('events.jsonl')).split('\n').slice(0, -1);
const withLines = (files: Files, lines: readonly string[], end = '\n'): Files =>
  new Map(files).set('events.jsonl', utf8(lines.join('\n') + end));

async function refused(files: Files, code: VerifyCode): Promise<void> {
  const report = await verifyFiles(files);
  assert.equal(failures(report)[0], code, failures(report).join(' '));
  assert.equal(report.reached, 'none');
}

test('log 1: a byte changed in a record is E_LOG_CHAIN at the next, in the last record E_LOG_ROOT', async () => {
  const { files } = await readyBundle();
  const lines = linesOf(files);
  await refused(withLines(files, lines.with(8, (lines[8] ?? '').replace('t-1', 't-2'))), 'E_LOG_CHAIN');
  await refused(withLines(files, lines.with(-1, (lines.at(-1) ?? '').replace('held-out', 'held-uot'))), 'E_LOG_ROOT');
});

test('log 2: a record deleted, moved or doubled is E_LOG_CHAIN', async () => {
  const { files } = await readyBundle();
  const lines = linesOf(files);
  await refused(withLines(files, lines.toSpliced(4, 1)), 'E_LOG_CHAIN');
  await refused(withLines(files, lines.slice(1)), 'E_LOG_CHAIN');
  await refused(withLines(files, lines.with(3, lines[4] ?? '').with(4, lines[3] ?? '')), 'E_LOG_CHAIN');
  await refused(withLines(files, lines.toSpliced(4, 0, lines[4] ?? '')), 'E_LOG_CHAIN');
});

test('log 3: deleted and the whole chain made again is E_LOG_ROOT', async () => {
  const { files } = await readyBundle();
  let prev = '0'.repeat(64);
  const lines = linesOf(files)
    .toSpliced(5, 1)
    .map((line, seq) => {
      const event = parseJson(line);
      const again = canonical({ ...(isRecord(event) ? event : {}), seq, prev });
      prev = sha256Hex(again);
      return again;
    });
  await refused(withLines(files, lines), 'E_LOG_ROOT');
});

test('log 4: the tail cut at a record boundary is E_LOG_ROOT', async () => {
  const { files } = await readyBundle();
  await refused(withLines(files, linesOf(files).slice(0, -1)), 'E_LOG_ROOT');
});

test('log 5: a torn last line is E_LOG_TORN', async () => {
  const { files } = await readyBundle();
  const lines = linesOf(files);
  await refused(withLines(files, lines, ''), 'E_LOG_TORN');
  await refused(withLines(files, lines.with(-1, (lines.at(-1) ?? '').slice(0, 30)), ''), 'E_LOG_TORN');
  await refused(new Map(files).set('events.jsonl', utf8('')), 'E_LOG_TORN');
});

test('log 6: an older genuine checkpoint, or that of another goal, is E_CHECKPOINT_BINDING', async () => {
  const { goal, files } = await readyBundle();
  const older = await bundleOf(goal, [...goal.events.slice(0, 12), ending(goal.events.slice(0, 12), 'not_ready')]);
  const put = new Map(files);
  for (const name of ['checkpoint', 'checkpoint.sshsig']) put.set(name, older.get(name) ?? utf8(''));
  await refused(put, 'E_CHECKPOINT_BINDING');
  const other = fixedGoal();
  const events = other.events.map((event) =>
    event.type === 'goal.created' ? { ...event, data: { ...event.data, goal: 'g-20260131-zzzzzz' } } : event,
  );
  const foreign = await bundleOf(other, [...events, ending(events, 'ready')]);
  for (const name of ['checkpoint', 'checkpoint.sshsig']) put.set(name, foreign.get(name) ?? utf8(''));
  await refused(put, 'E_CHECKPOINT_BINDING');
});

test('a checkpoint or SSH signature that does not verify is E_CHECKPOINT', async () => {
  const { goal, files } = await readyBundle();
  const older = await bundleOf(goal, [...goal.events.slice(0, 12), ending(goal.events.slice(0, 12), 'not_ready')]);
  await refused(new Map(files).set('checkpoint', older.get('checkpoint') ?? utf8('')), 'E_CHECKPOINT');
  await refused(new Map(files).set('checkpoint.sshsig', older.get('checkpoint.sshsig') ?? utf8('')), 'E_CHECKPOINT');
  for (const name of ['checkpoint', 'checkpoint.sshsig']) {
    const without = new Map(files);
    without.delete(name);
    await refused(without, 'E_CHECKPOINT');
  }
});

test('log 9: a record written in another way is E_LOG_CANON', async () => {
  const { files } = await readyBundle();
  const lines = linesOf(files);
  const line = lines[3] ?? '';
  const reordered = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()));
  for (const other of [
    line.replace(',', ', '),
    reordered,
    line.replace('"round":1', '"round":1.0'),
    line.replace('"gate"', '"\\u0067ate"'),
    'null{',
    line.replace('"seq":3', '"seq":3,"seq":3'),
  ])
    await refused(withLines(files, lines.with(3, other)), 'E_LOG_CANON');
  const bytes = Buffer.from(files.get('events.jsonl') ?? '');
  bytes[200] = 0xff;
  await refused(new Map(files).set('events.jsonl', bytes), 'E_LOG_CANON');
});

test('log 10: a blob left out is counted, a blob replaced is E_BLOB', async () => {
  const { files } = await readyBundle();
  const less = new Map(files);
  assert.ok(less.delete('gates/unit.contract.1.stdout'));
  const report = await verifyFiles(less);
  assert.equal(report.reached, 'V0');
  assert.equal(report.proven?.redacted, 1);
  await refused(new Map(files).set('gates/unit.contract.1.stdout', utf8('ok')), 'E_BLOB');
});

test('a log that goes on after its end, or ends twice, is E_TERMINAL', async () => {
  const { files } = await readyBundle();
  const again = (events: readonly unknown[]): readonly unknown[] => [...events, events.at(-1)];
  await refused(forge(files, OWNER, { log: again }), 'E_TERMINAL');
  const paused = (events: readonly unknown[]): readonly unknown[] => [
    ...events,
    { ...record(events.at(-1)), type: 'goal.paused', data: { why: 'user' } },
  ];
  await refused(forge(files, OWNER, { log: paused }), 'E_TERMINAL');
  const cancelled = (events: readonly unknown[]): readonly unknown[] => [
    ...events,
    { ...record(events.at(-1)), type: 'goal.cancelled', data: { why: 'user' } },
  ];
  await refused(forge(files, OWNER, { log: cancelled }), 'E_TERMINAL');
  await refused(forge(files, OWNER, { log: (events) => events.slice(0, -1) }), 'E_TERMINAL');
});

test('a continued goal verifies by its last end', async () => {
  const goal = fixedGoal();
  const stopped = goal.events.slice(0, 13);
  const events = [
    ...stopped,
    ending(stopped, 'needs_more_budget'),
    { type: 'goal.resumed', data: { why: 'user' } } as const,
    ...goal.events.slice(13),
  ];
  const report = await verifyFiles(await bundleOf(goal, [...events, ending(events, 'ready')]));
  assert.deepEqual(failures(report), []);
  assert.equal(report.proven?.status, 'ready');
});

test('an event of an unknown kind or version, or out of order, is E_LOG_EVENT', async () => {
  const { files } = await readyBundle();
  const change = (index: number, more: object) => (events: readonly unknown[]) =>
    events.with(index, { ...record(events[index]), ...more });
  await refused(forge(files, OWNER, { log: change(3, { v: 3 }) }), 'E_LOG_EVENT');
  await refused(forge(files, OWNER, { log: change(3, { v: '1' }) }), 'E_LOG_EVENT');
  await refused(forge(files, OWNER, { log: change(3, { type: 'goal.blessed' }) }), 'E_LOG_EVENT');
  await refused(forge(files, OWNER, { log: change(3, { ts: 'yesterday' }) }), 'E_LOG_EVENT');
  await refused(forge(files, OWNER, { log: change(0, { data: {} }) }), 'E_LOG_EVENT');
  const blank = (events: readonly unknown[]): readonly unknown[] =>
    events.with(13, { ...record(events[13]), data: { ...record(at(events[13], 'data')), report: null } });
  await refused(forge(files, OWNER, { log: blank }), 'E_LOG_EVENT');
  await refused(forge(files, OWNER, { log: (events) => events.toSpliced(10, 0, events[8]) }), 'E_LOG_EVENT');
});

const record = (value: unknown): object => (isRecord(value) ? value : {});
