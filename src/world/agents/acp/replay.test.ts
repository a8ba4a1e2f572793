import { isRecord } from '../../../domain/record.ts';
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decidePermission, type PermissionOption } from '../../../domain/agents/permission.ts';
import type { Activity } from '../port.ts';
import { readLines } from './lines.ts';
import { sortMessage } from './message.ts';
import { namedPaths } from './named-paths.ts';
import { EMPTY_VIEW, fold } from './view.ts';

/** What a recorded session shows, and how its questions are answered, when it is played through the same code as a live one. */
async function replay(
  name: string,
): Promise<{ readonly shown: Activity[]; readonly answers: string[]; readonly others: number }> {
  const shown: Activity[] = [];
  const answers: string[] = [];
  let others = 0;
  let view = EMPTY_VIEW;
  for await (const line of readLines(createReadStream(join(import.meta.dirname, 'fixtures', name)))) {
    const entry: unknown = JSON.parse(line);
    if (!isRecord(entry) || entry['dir'] !== 'agent->client') continue;
    const message = sortMessage(entry['msg']);
    if (message.kind === 'other') others += 1;
    if (message.kind === 'notification' && message.method === 'session/update' && isRecord(message.params)) {
      const step = fold(view, message.params['update']);
      view = step.view;
      shown.push(...step.shown);
    }
    if (message.kind !== 'request' || message.method !== 'session/request_permission' || !isRecord(message.params))
      continue;
    const { toolCall, options } = message.params;
    assert.ok(isRecord(toolCall) && Array.isArray(options));
    const known = view.tools.get(String(toolCall['toolCallId']));
    const offered = options.filter(isRecord).map((option) => ({
      id: String(option['optionId']),
      kind: String(option['kind']),
      name: String(option['name']),
    }));
    const paths = [...namedPaths(toolCall), ...(known?.paths ?? [])];
    answers.push(`${String(toolCall['title'])}: ${optionOf(paths, offered)}`);
  }
  return { shown, answers, others };
}

function optionOf(paths: readonly string[], options: readonly PermissionOption[]): string | null {
  const answer = decidePermission(
    { title: 'x', paths, use: 'write', options },
    { allowed: ['/REPO'], sandboxed: true, answers: [] },
  );
  return answer.decision === 'asked' ? 'asked' : answer.option;
}

const tools = (shown: readonly Activity[]): string[] =>
  shown.flatMap((activity) => (activity.kind === 'tool' && activity.status === 'completed' ? [activity.title] : []));

test('a recorded session of kimi', async () => {
  const { shown, answers, others } = await replay('kimi-session.ndjson');
  assert.equal(others, 0);
  assert.deepEqual(answers, ['Bash: approve_once', 'Bash: approve_once']);
  assert.deepEqual(tools(shown).slice(0, 3), [
    'Reading /REPO/README.md',
    'Writing /REPO/notes.txt',
    'Editing /REPO/README.md',
  ]);
  assert.ok(shown.some((activity) => activity.kind === 'plan' && activity.entries.length === 2));
  assert.ok(shown.some((activity) => activity.kind === 'thinks' && activity.text.includes('look at the file')));
});

test('a recorded session of opencode', async () => {
  const { shown, answers, others } = await replay('opencode-ask-session.ndjson');
  assert.equal(others, 0);
  assert.ok(answers.length > 4 && answers.every((answer) => answer.endsWith(': once')), answers.join(', '));
  assert.ok(tools(shown).length > 2);
});
