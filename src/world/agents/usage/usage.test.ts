import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import type { UsageReport } from '../../../domain/budget/report.ts';
import { sortMessage } from '../acp/message.ts';
import { recordedUsage } from './recorded.ts';
import { outcomeWithFailure } from '../turn/outcome.ts';
import { failureOf, recordsOf } from './session-file.ts';
import { sessionRecords } from './session-files.ts';
import { MOST_REPORTS, streamReader } from './told.ts';
import { protocolTokens } from './tokens.ts';

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);
const told = (name: string, preset: string | null = null): Promise<readonly UsageReport[]> =>
  recordedUsage(fixture(`${name}.ndjson`), preset);
const sums = (reports: readonly UsageReport[]): readonly [number, number, number] => [
  reports.reduce((sum, each) => sum + (each.inputTokens ?? 0), 0),
  reports.reduce((sum, each) => sum + (each.cachedTokens ?? 0), 0),
  reports.reduce((sum, each) => sum + (each.outputTokens ?? 0), 0),
];

suite('what agents tell of a turn of five model calls, 1111 in with 333 cached and 222 out each', () => {
  test('each call with a piece of text (qwen)', async () => {
    const reports = await told('qwen');
    assert.deepEqual(
      reports.map((each) => [each.message, each.reporting, each.inputTokens, each.cachedTokens, each.outputTokens]),
      [1, 2, 3, 4, 5].map((n) => [`call-${n}`, 'call', 1111, 333, 222]),
    );
  });

  test('the sum of the turn in the quota, by model (gemini)', async () => {
    const [only, ...rest] = await told('gemini');
    assert.deepEqual(rest, []);
    assert.deepEqual(
      [only?.model, only?.reporting, only?.inputTokens, only?.outputTokens],
      ['gemini-2.5-flash', 'turn', 5555, 1110],
    );
  });

  test('the sum for each model, a small one in the background too, with the cost so far (claude)', async () => {
    const reports = await told('claude-acp');
    const models = reports.filter((each) => each.model !== null);
    assert.deepEqual(
      models.map((each) => [each.model, each.inputTokens, each.cachedTokens, each.outputTokens]),
      [
        ['claude-haiku-4-5', 1444, 333, 222],
        ['claude-sonnet-4-5', 7220, 1665, 1110],
      ],
    );
    assert.ok(models.every((each) => each.costToldElsewhere));
    assert.equal(reports.find((each) => each.totalPicoUsd !== null)?.totalPicoUsd, 36_068_800_000n);
  });

  test('the last call only (opencode): the others are unknown, the cost is not', async () => {
    const reports = await told('opencode', 'opencode');
    assert.deepEqual(
      reports.map((each) => [each.message, each.reporting, each.inputTokens, each.outputTokens]),
      [
        ['cost-6276500000', 'call', 0, 0],
        ['last-call', 'turn', 1111, 222],
        ['other-calls', 'unknown', null, null],
      ],
    );
    assert.equal(reports[0]?.totalPicoUsd, 6_276_500_000n);
  });

  test('the size of the context only (codex, and kimi over the protocol): nothing is known', async () => {
    assert.deepEqual(await told('codex-acp'), []);
    assert.deepEqual(await told('kimi'), []);
  });

  test('each call beside the total of the session, which names it (codex app-server)', async () => {
    const reports = await told('codex-app-server');
    assert.deepEqual(
      reports.map((each) => [each.message, each.scope, each.reporting]),
      [1, 2, 3, 4, 5].map((n) => [`total-${1333 * n}`, 'session', 'call']),
    );
    assert.deepEqual(sums(reports), [5555, 1665, 1110]);
  });

  test(
    'the sum of the turn on its last line, the messages before it only once, with the cost so far (claude ' +
      'with stream-json)',
    async () => {
      const [only, ...rest] = await told('claude-stream-json');
      assert.deepEqual(rest, []);
      assert.deepEqual(
        [only?.model, only?.reporting, only?.inputTokens, only?.cachedTokens, only?.outputTokens, only?.totalPicoUsd],
        ['claude-sonnet-4-5', 'turn', 7220, 1665, 1110, 33_814_500_000n],
      );
    },
  );

  test('each call with its cost where a message ends, and not again where the turn does (pi)', async () => {
    const reports = await told('pi-rpc');
    assert.deepEqual(sums(reports), [5555, 1665, 1110]);
    assert.deepEqual(
      reports.map((each) => [each.message, each.reporting, each.model, each.picoUsd]),
      [1, 2, 3, 4, 5].map((n) => [`call-${n}`, 'call', 'fake-model', 1_255_300_000n]),
    );
  });

  test('a record for each call in a session file (kimi)', () => {
    const reports = recordsOf(readFileSync(fixture('kimi-wire.jsonl'), 'utf8'), 'main');
    assert.deepEqual(sums(reports), [5555, 1665, 1110]);
    assert.deepEqual(
      [reports[0]?.message, reports[0]?.scope, reports[0]?.model, reports.length],
      ['main:1', 'session', 'fake', 5],
    );
  });
});

test('thoughts and what was cached are added where the total says that they come beside, and only there', () => {
  const parts = { inputTokens: 1000, outputTokens: 200, cachedReadTokens: 300, thoughtTokens: 50 };
  const read = (totalTokens: number | undefined): unknown => {
    const { inputTokens, outputTokens } = protocolTokens({ ...parts, totalTokens }) ?? {};
    return [inputTokens, outputTokens];
  };
  assert.deepEqual(read(1200), [1000, 200], 'both are part of it');
  assert.deepEqual(read(1500), [1300, 200], 'the thoughts are part of the output');
  assert.deepEqual(read(1250), [1000, 250], 'what was cached is part of the input');
  assert.deepEqual(read(1550), [1300, 250], 'both come beside');
  assert.deepEqual(read(undefined), [1300, 250], 'as the protocol says');
});

test('the session files of kimi and its subagents are found by the session alone; a name that is a path finds nothing', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'omk-usage-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  for (const agent of ['main', 'sub']) {
    const dir = join(home, 'sessions', 'wd_x_1', 'session_1', 'agents', agent);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'wire.jsonl'), readFileSync(fixture('kimi-wire.jsonl')));
  }
  assert.deepEqual(sums(await sessionRecords(home, 'session_1')), [11_110, 3330, 2220]);
  assert.deepEqual(await sessionRecords(home, '../wd_x_1/session_1'), []);
  assert.deepEqual(await sessionRecords(home, 'session_2'), []);
});

test('what the last turn of a session file failed with is told, and nothing of a turn before it', () => {
  const failed =
    '{"type":"turn.ended","agentId":"main","turnId":0,"reason":"failed",' +
    '"error":{"code":"provider.rate_limit","message":"429 slow down"}}\n';
  assert.equal(failureOf(failed), 'provider.rate_limit: 429 slow down');
  assert.equal(failureOf(`${failed}{"type":"turn.ended","reason":"completed"}\n`), null);
  assert.equal(failureOf('"type":"turn.ended"\n'), null);
  assert.deepEqual(outcomeWithFailure({ kind: 'completed', stopReason: 'end_turn' }, failureOf(failed)), {
    kind: 'unavailable',
    reason: 'usage_limit',
    detail: 'provider.rate_limit: 429 slow down',
  });
  assert.equal(
    outcomeWithFailure({ kind: 'completed', stopReason: 'end_turn' }, 'provider.bad_request: 400').kind,
    'completed',
  );
  assert.equal(outcomeWithFailure({ kind: 'cancelled' }, failureOf(failed)).kind, 'cancelled');
});

test('half a line, lines that are no records and counts that are none are not usage', () => {
  const whole = '{"type":"usage.record","usage":{"inputOther":1,"output":2}}\n';
  assert.equal(recordsOf(`${whole}{"type":"usage.record","usage":{"inputOther":1,"out`, 'main').length, 1);
  assert.equal(recordsOf('{"type":"x","note":"\\"usage.record\\""}\nnot json "usage.record"\n', 'main').length, 0);
  assert.deepEqual(
    sums(recordsOf('{"type":"usage.record","usage":{"inputOther":-1,"output":1e99}}\n', 'main')),
    [0, 0, 0],
  );
});

test('what is told before the prompt, such as a replayed session, is not of this turn', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-usage-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const [prompt = '', ...rest] = readFileSync(fixture('qwen.ndjson'), 'utf8').trim().split('\n');
  await writeFile(join(dir, 's'), [...rest, prompt].join('\n'));
  assert.deepEqual(await recordedUsage(join(dir, 's'), null), []);
  assert.deepEqual(await recordedUsage(join(dir, 'absent'), null), []);
});

test('an agent that tells more than any turn has calls is counted so far, and what is left is unknown', () => {
  const reader = streamReader(null);
  const call = {
    method: 'session/update',
    params: { update: { sessionUpdate: 'agent_message_chunk', _meta: { usage: { inputTokens: 1, outputTokens: 1 } } } },
  };
  const told = Array.from({ length: MOST_REPORTS }, () => reader.read(sortMessage(call))).flat();
  assert.deepEqual([told.length, reader.isFull()], [MOST_REPORTS, false]);
  assert.deepEqual(
    reader.read(sortMessage(call)).map((each) => [each.message, each.reporting]),
    [
      [`call-${MOST_REPORTS + 1}`, 'call'],
      ['rest', 'unknown'],
    ],
  );
  assert.deepEqual([reader.read(sortMessage(call)), reader.isFull()], [[], true]);
});

test('the name of a model is a line of text, whatever the agent puts into it', () => {
  const call = {
    method: 'session/update',
    params: {
      update: {
        sessionUpdate: 'agent_message_chunk',
        _meta: { usage: { inputTokens: 1, outputTokens: 1, model: '\u001b[2Jm\n1' } },
      },
    },
  };
  assert.deepEqual(
    streamReader(null)
      .read(sortMessage(call))
      .map((each) => each.model),
    ['m 1'],
  );
});

test('a reader never throws, whatever an agent sends, and never tells a negative or broken count', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            id: fc.constant(1),
            result: fc.record({
              stopReason: fc.constant('end_turn'),
              usage: fc.dictionary(
                fc.constantFrom('inputTokens', 'outputTokens', 'totalTokens', 'cachedReadTokens'),
                fc.double(),
              ),
              _meta: fc.jsonValue(),
            }),
          }),
        ),
      ),
      (messages) => {
        const reader = streamReader(null);
        for (const report of messages.flatMap((message) => reader.read(sortMessage(message))))
          for (const count of [report.inputTokens, report.cachedTokens, report.outputTokens])
            assert.ok(count === null || (Number.isSafeInteger(count) && count >= 0));
      },
    ),
  );
});
