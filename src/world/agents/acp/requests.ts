import type { ClientApp, RequestError } from '@agentclientprotocol/sdk';
import { decidePermission, type PermissionOption } from '../../../domain/agents/permission.ts';
import { readInside } from '../files/read.ts';
import { FileRefused } from '../files/refused.ts';
import { writeInside } from '../files/write.ts';
import { isRecord } from './message.ts';
import { namedPaths } from './named-paths.ts';
import type { TurnView } from './view.ts';

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
  /** A file was written for the agent. */
  readonly wrote: () => void;
  /** The library's error class; the library itself is loaded only when an agent is driven. */
  readonly errors: typeof RequestError;
}

/** What an agent may ask of omk. Everything else, elicitation included, is answered "method not found". */
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
          () => readInside(context.worktree, path, { line: whole(params['line']), limit: whole(params['limit']) }),
          path,
        ),
      };
    });
  }
  return app.onRequest('*', ({ method }) => {
    throw errors.methodNotFound(method);
  });
}

function answerPermission(params: Fields, context: RequestContext): unknown {
  if (context.stopping()) return { outcome: { outcome: 'cancelled' } };
  const toolCall = isRecord(params['toolCall']) ? params['toolCall'] : {};
  const known = context.view().tools.get(text(toolCall['toolCallId']));
  const paths = [...namedPaths(toolCall), ...(known?.paths ?? [])];
  const answer = decidePermission(
    { paths, options: optionsOf(params['options']) },
    { allowed: [context.worktree, context.scratch], sandboxed: context.sandboxed },
  );
  const title = text(toolCall['title']) || known?.title || 'tool';
  context.answered({ title, decision: answer.decision, reason: answer.reason });
  return {
    outcome: answer.option === null ? { outcome: 'cancelled' } : { outcome: 'selected', optionId: answer.option },
  };
}

const optionsOf = (value: unknown): PermissionOption[] =>
  (Array.isArray(value) ? value : [])
    .filter(isRecord)
    .map((option) => ({ id: text(option['optionId']), kind: text(option['kind']) }));

const fields = (params: unknown): Fields => (isRecord(params) ? params : {});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const whole = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) ? value : null);
