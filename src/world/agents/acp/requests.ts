import { isRecord } from '../../../domain/record.ts';
import type { ClientApp, RequestError } from '@agentclientprotocol/sdk';
import type { AgentQuestion, AnsweredQuestion } from '../../../domain/agents/agent.ts';
import { decideForm, type FormAnswer } from '../../../domain/agents/form.ts';
import { decidePermission, type PermissionOption } from '../../../domain/agents/permission.ts';
import { isOfSystem, readInside, readOfSystem, type ReadRange } from '../files/read.ts';
import { FileRefused } from '../files/refused.ts';
import { writeInside } from '../files/write.ts';
import { formOf } from './form.ts';
import { namedPaths } from './named-paths.ts';
import type { ToolView, TurnView } from './view.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface RequestContext {
  readonly worktree: string;
  readonly scratch: string;
  readonly sandboxed: boolean;
  readonly readsThroughClient: boolean;
  readonly view: () => TurnView;
  /** The turn is being stopped: questions are answered as cancelled. */
  readonly stopping: () => boolean;
  readonly answered: (permission: {
    readonly title: string;
    readonly decision: 'allowed' | 'refused';
    readonly reason: string;
  }) => void;
  /** Questions that a person answered. */
  readonly answers: readonly AnsweredQuestion[];
  /** The agent asks what only a person can answer. */
  readonly asked: (question: AgentQuestion, further: readonly AgentQuestion[]) => void;
  /** A text of the agent fit for people. */
  readonly tidy: (text: string) => string;
  /** A file was written for the agent. */
  readonly wrote: () => void;
  /** The library's error class; the library itself is loaded only when an agent is driven. */
  readonly errors: typeof RequestError;
}

/** What an agent may ask of omk. Everything else is answered "method not found". */
export function answerRequests(app: ClientApp, context: RequestContext): ClientApp {
  const { errors } = context;
  const refusing = async <T>(work: () => Promise<T>, path: string): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FileRefused)
        throw error.missing ? errors.resourceNotFound(path) : errors.invalidParams(undefined, error.message);
      throw error;
    }
  };
  app
    .onRequest('session/request_permission', fields, ({ params }) => answerPermission(params, context))
    .onRequest('elicitation/create', fields, ({ params }) => answerForm(params, context))
    .onRequest('fs/write_text_file', fields, async ({ params }) => {
      const path = text(params['path']);
      await refusing(() => writeInside(context.worktree, path, text(params['content'])), path);
      context.wrote();
      return {};
    });
  if (context.readsThroughClient) {
    app.onRequest('fs/read_text_file', fields, async ({ params }) => {
      const path = text(params['path']);
      return {
        content: await refusing(
          () => readFor(context, path, { line: whole(params['line']), limit: whole(params['limit']) }),
          path,
        ),
      };
    });
  }
  return app.onRequest('*', ({ method }) => {
    throw errors.methodNotFound(method);
  });
}

/** A file of the machine that everybody may read is shown by the sandbox, too; without one only the worktree is read. */
const readFor = (context: RequestContext, path: string, range: ReadRange): Promise<string> =>
  context.sandboxed && isOfSystem(path) ? readOfSystem(path, range) : readInside(context.worktree, path, range);

function answerPermission(params: Fields, context: RequestContext): unknown {
  if (context.stopping()) return { outcome: { outcome: 'cancelled' } };
  const toolCall = isRecord(params['toolCall']) ? params['toolCall'] : {};
  const known = context.view().tools.get(text(toolCall['toolCallId']));
  const paths = [...namedPaths(toolCall), ...(known?.paths ?? [])];
  const title = text(toolCall['title']) || known?.title || 'tool';
  const options = optionsOf(params['options']).map((option) => ({ ...option, name: context.tidy(option.name) }));
  const answer = decidePermission(
    { title: context.tidy(title), paths, use: useOf(toolCall, known), options },
    { allowed: [context.worktree, context.scratch], sandboxed: context.sandboxed, answers: context.answers },
  );
  if (answer.decision === 'asked') {
    context.asked(answer.question, []);
    return { outcome: { outcome: 'cancelled' } };
  }
  context.answered({ title, decision: answer.decision, reason: answer.reason });
  return {
    outcome: answer.option === null ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: answer.option },
  };
}

/** A form is a question to a person; one that cannot be asked is declined, as a person would do. */
function answerForm(params: Fields, context: RequestContext): unknown {
  if (context.stopping()) return { action: 'cancel' };
  const form = formOf(params, context.tidy);
  const answer: FormAnswer =
    typeof form === 'string' ? { decision: 'declined', reason: form } : decideForm(form, context.answers);
  if (answer.decision === 'asked') {
    context.asked(answer.question, answer.further);
    return { action: 'cancel' };
  }
  const title = text(params['message']) || 'question';
  const filled = answer.decision === 'filled';
  context.answered({ title, decision: filled ? 'allowed' : 'refused', reason: answer.reason });
  return filled ? { action: 'accept', content: answer.content } : { action: 'decline' };
}

/** What a tool does with the paths it names. A request may say less than the call it is about; a diff is a write whatever it says. */
function useOf(toolCall: Fields, known: ToolView | undefined): 'read' | 'run' | 'write' {
  const blocks = Array.isArray(toolCall['content']) ? toolCall['content'] : [];
  if (blocks.some((block) => isRecord(block) && block['type'] === 'diff')) return 'write';
  const kinds = [text(toolCall['kind']), known?.kind ?? ''];
  if (kinds.some((kind) => WRITES.includes(kind))) return 'write';
  if (kinds.includes('execute')) return 'run';
  return kinds.some((kind) => READS.includes(kind)) ? 'read' : 'write';
}

const WRITES: readonly string[] = ['edit', 'delete', 'move'];
const READS: readonly string[] = ['read', 'search', 'fetch', 'think'];

const optionsOf = (value: unknown): PermissionOption[] =>
  (Array.isArray(value) ? value : [])
    .filter(isRecord)
    .map((option) => ({ id: text(option['optionId']), kind: text(option['kind']), name: text(option['name']) }));

const fields = (params: unknown): Fields => (isRecord(params) ? params : {});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const whole = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) ? value : null);
