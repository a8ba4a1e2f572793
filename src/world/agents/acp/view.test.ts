import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import type { Activity } from '../port.ts';
import { namedPaths } from './named-paths.ts';
import { usageOfAnswer } from './usage.ts';
import { EMPTY_VIEW, fold, isBusy, type TurnView } from './view.ts';

const all = (updates: readonly unknown[]): { view: TurnView; shown: Activity[] } => {
  const shown: Activity[] = [];
  let view = EMPTY_VIEW;
  for (const update of updates) {
    const step = fold(view, update);
    view = step.view;
    shown.push(...step.shown);
  }
  return { view, shown };
};

test('a tool call is shown when its title or status changes, and remembers every path it named', () => {
  const { view, shown } = all([
    { sessionUpdate: 'tool_call', toolCallId: 't', title: 'Write', status: 'pending' },
    {
      sessionUpdate: 'tool_call_update',
      toolCallId: 't',
      content: [{ type: 'content', content: { type: 'text', text: '{"path":"/R/a"}' } }],
    },
    { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed', locations: [{ path: '/R/b' }] },
  ]);
  assert.deepEqual(shown, [
    { kind: 'tool', id: 't', title: 'Write', status: 'pending' },
    { kind: 'tool', id: 't', title: 'Write', status: 'completed' },
  ]);
  assert.deepEqual(view.tools.get('t')?.paths, ['/R/a', '/R/b']);
  assert.equal(view.produced, true);
});

test('a tool call is under way until it ends; one that was only announced, until the agent speaks again', () => {
  const call = { sessionUpdate: 'tool_call', toolCallId: 't', title: 'build', status: 'pending' };
  const update = (status: string): unknown => ({ sessionUpdate: 'tool_call_update', toolCallId: 't', status });
  const says = { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'x' } };
  const busy = (...updates: readonly unknown[]): boolean => isBusy(all(updates).view);
  assert.deepEqual(
    [busy(), busy(says), busy(call), busy(call, update('in_progress'), says)],
    [false, false, true, true],
  );
  assert.deepEqual(
    [busy(call, says), busy(call, update('completed')), busy(call, update('failed'))],
    [false, false, false],
  );
});

test('thoughts, plans, empty text and unknown kinds do not count as work', () => {
  const { view, shown } = all([
    { sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'hm' } },
    { sessionUpdate: 'plan', entries: [{ content: 'one', status: 'in_progress', priority: 'high' }] },
    { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: ' \n' } },
    { sessionUpdate: 'brand_new_kind', x: 1 },
    { sessionUpdate: 'user_message_chunk', content: { type: 'text', text: 'mine' } },
  ]);
  assert.equal(view.produced, false);
  assert.deepEqual(
    shown.map((activity) => activity.kind),
    ['thinks', 'plan', 'says'],
  );
});

test('the view stays small however many tools are called', () => {
  const { view } = all(
    Array.from({ length: 2000 }, (_, n) => ({ sessionUpdate: 'tool_call', toolCallId: String(n), title: 't' })),
  );
  assert.equal(view.tools.size, 256);
  assert.ok(view.tools.has('1999'));
});

test('anything at all can be folded', () => {
  const kind = fc.constantFrom('tool_call', 'tool_call_update', 'plan', 'agent_message_chunk', 'agent_thought_chunk');
  const update = fc.dictionary(
    fc.constantFrom('toolCallId', 'title', 'content', 'entries', 'rawInput', 'locations', '_meta'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(kind, update)),
      (updates) => void all(updates.map(([sessionUpdate, rest]) => ({ ...rest, sessionUpdate }))),
    ),
  );
});

test('paths are found in what the agents really send', () => {
  const rawInput = {
    call_id: 'x',
    command: ['/bin/bash', '-lc', 'cat /etc/hosts'],
    cwd: '/REPO',
    changes: { '/REPO/n.txt': { type: 'add', move_path: '/REPO/m' } },
  };
  assert.deepEqual(namedPaths({ rawInput }), ['/REPO', '/REPO/n.txt', '/REPO/m']);
  assert.deepEqual(
    namedPaths({ rawInput: { filepath: 'a', diff: '--- /etc/x' }, content: [{ type: 'diff', path: 'b' }] }),
    ['b', 'a'],
  );
  assert.deepEqual(namedPaths({ rawInput: { file_path: 'c', edits: [{ path: 'd' }], paths: ['e'] } }), ['c', 'd', 'e']);
});

test('tokens come from the answer or are summed from its parts, and unknown is not zero', () => {
  assert.deepEqual(usageOfAnswer({ stopReason: 'end_turn' }), {});
  assert.deepEqual(usageOfAnswer({ usage: { inputTokens: 5, outputTokens: 0, totalTokens: 5 } }), {
    inputTokens: 5,
    outputTokens: 0,
  });
  assert.deepEqual(usageOfAnswer({ _meta: { quota: { token_count: { input_tokens: 7, output_tokens: 8 } } } }), {
    inputTokens: 7,
    outputTokens: 8,
  });
  const chunk = {
    sessionUpdate: 'agent_message_chunk',
    content: { type: 'text', text: '' },
    _meta: { usage: { inputTokens: 3 } },
  };
  assert.deepEqual(all([chunk, chunk]).view.usage, { inputTokens: 6 });
});
