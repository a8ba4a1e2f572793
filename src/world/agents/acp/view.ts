import { isRecord } from '../../../domain/record.ts';
import type { ClaimedUsage } from '../../../domain/agents/agent.ts';
import type { Activity } from '../port.ts';
import { namedPaths } from './named-paths.ts';
import { usageOfChunk } from './usage.ts';

export interface ToolView {
  readonly title: string;
  readonly status: string;
  readonly paths: readonly string[];
  /** As the protocol sorts tools; empty when it was not said. */
  readonly kind: string;
}

/** What a turn has shown so far: the fold of its `session/update`s. */
export interface TurnView {
  readonly tools: ReadonlyMap<string, ToolView>;
  /** Whether anything was said or any tool was called: without it a turn that "ended" did nothing. */
  readonly produced: boolean;
  readonly usage: ClaimedUsage;
  /** Whether the agent spoke since its last tool call. */
  readonly spokeSince: boolean;
}

export const EMPTY_VIEW: TurnView = { tools: new Map(), produced: false, usage: {}, spokeSince: false };

/** Whether a tool call is under way. One that was only announced before the agent spoke again is not. */
export const isBusy = ({ tools, spokeSince }: TurnView): boolean =>
  [...tools.values()].some(({ status }) => status === 'in_progress' || (status === 'pending' && !spokeSince));

/** Older tool calls are forgotten, so that an agent cannot grow the view without end. */
const KEPT_TOOLS = 256;

/** One `session/update` folded in: the new view, and what there is to show. Unknown kinds change nothing. */
export function fold(
  view: TurnView,
  update: unknown,
): { readonly view: TurnView; readonly shown: readonly Activity[] } {
  if (!isRecord(update)) return { view, shown: [] };
  switch (update['sessionUpdate']) {
    case 'agent_message_chunk': {
      const text = textOf(update['content']);
      const usage = usageOfChunk(view.usage, update);
      const produced = view.produced || text.trim() !== '';
      return {
        view: { ...view, produced, usage, spokeSince: true },
        shown: text === '' ? [] : [{ kind: 'says', text }],
      };
    }
    case 'agent_thought_chunk': {
      const text = textOf(update['content']);
      return { view: { ...view, spokeSince: true }, shown: text === '' ? [] : [{ kind: 'thinks', text }] };
    }
    case 'tool_call':
    case 'tool_call_update':
      return foldTool(view, update);
    case 'plan':
      return { view, shown: [{ kind: 'plan', entries: planEntries(update['entries']) }] };
    default:
      return { view, shown: [] };
  }
}

function foldTool(
  view: TurnView,
  update: Readonly<Record<string, unknown>>,
): { view: TurnView; shown: readonly Activity[] } {
  const id = string(update['toolCallId'], '');
  const before = view.tools.get(id);
  const paths = namedPaths(update);
  const after: ToolView = {
    title: string(update['title'], before?.title ?? 'tool'),
    status: string(update['status'], before?.status ?? 'pending'),
    kind: string(update['kind'], before?.kind ?? ''),
    // An update replaces what it sends and keeps the rest; a path once named stays named.
    paths: [...new Set([...(before?.paths ?? []), ...paths])].slice(-KEPT_TOOLS),
  };
  const tools = new Map(view.tools);
  tools.delete(id);
  tools.set(id, after);
  const [oldest] = tools.keys();
  if (tools.size > KEPT_TOOLS && oldest !== undefined) tools.delete(oldest);
  const changed = before === undefined || before.title !== after.title || before.status !== after.status;
  const shown: Activity[] = changed ? [{ kind: 'tool', id, title: after.title, status: after.status }] : [];
  return { view: { ...view, tools, produced: true, spokeSince: false }, shown };
}

const textOf = (content: unknown): string =>
  isRecord(content) && content['type'] === 'text' ? string(content['text'], '') : '';

const string = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

const planEntries = (entries: unknown): { text: string; status: string }[] =>
  (Array.isArray(entries) ? entries : [])
    .filter(isRecord)
    .map((entry) => ({ text: string(entry['content'], ''), status: string(entry['status'], 'pending') }));
