import type { AgentContext, McpServer } from '@agentclientprotocol/sdk';
import { contentOf, fileStep } from './files.ts';
import { callTool } from './call-tool.ts';
import { flood } from './flood.ts';
import { claimUsage, type Claimed } from './usage.ts';
import { runProgram } from './run-program.ts';
import type { LoadedScenario, Step } from './scenario.ts';

/** An error the scenario wants the prompt to be answered with. */
export class ScriptedError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Stage {
  readonly client: AgentContext;
  readonly sessionId: string;
  readonly cwd: string;
  readonly loaded: LoadedScenario;
  readonly prompt: string;
  /** What the session was given for tools. */
  readonly servers: readonly McpServer[];
  /** Aborted by `session/cancel`. */
  readonly cancelled: AbortSignal;
  readonly tokens: Claimed;
}

/** Does one step and tells the client about it. Rejects with what the step failed with. */
export async function play(step: Step, stage: Stage): Promise<void> {
  const { client, sessionId, cwd, cancelled } = stage;
  const update = (fields: Record<string, unknown>): Promise<void> =>
    client.notify<unknown>('session/update', { sessionId, update: fields });
  const say = (text: string): Promise<void> =>
    update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });
  const tool = async <T>(
    title: string,
    kind: string,
    fields: Record<string, unknown>,
    act: () => Promise<T> | T,
    output: (result: T) => string,
  ): Promise<void> => {
    const toolCallId = `call-${crypto.randomUUID()}`;
    await update({ sessionUpdate: 'tool_call', toolCallId, title, kind, status: 'in_progress', ...fields });
    const end = (status: string, text: string): Promise<void> =>
      update({
        sessionUpdate: 'tool_call_update',
        toolCallId,
        status,
        content: [{ type: 'content', content: { type: 'text', text } }],
      });
    try {
      await end('completed', output(await act()));
    } catch (error) {
      // As with real agents, a tool that fails does not end the turn.
      await end('failed', error instanceof Error ? error.message : JSON.stringify(error));
    }
  };

  if ('hand_in' in step && step.hand_in.via !== 'file' && stage.servers.length > 0) {
    const { tool: name, arguments: given } = step.hand_in;
    return tool(
      name,
      'other',
      {},
      () => callTool(stage.servers, name, given),
      (text) => text,
    );
  }
  const file = fileStep(step, cwd, stage.loaded.directory, stage.prompt);
  if (file !== null) return tool(file.title, 'edit', { locations: [{ path: file.path }] }, file.act, () => 'ok');
  if ('say' in step) return say(step.say);
  if ('think' in step)
    return update({ sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: step.think } });
  if ('write' in step) {
    const path = absolute(cwd, step.write.path);
    const content = contentOf(step.write, stage.loaded.directory).toString('utf8');
    return tool(
      `Write ${step.write.path}`,
      'edit',
      { rawInput: { path } },
      () => client.request('fs/write_text_file', { sessionId, path, content }),
      () => 'ok',
    );
  }
  if ('read' in step) {
    const path = absolute(cwd, step.read.path);
    return tool(
      `Read ${step.read.path}`,
      'read',
      { rawInput: { path } },
      () => client.request('fs/read_text_file', { sessionId, path }),
      ({ content }) => content,
    );
  }
  if ('run' in step) {
    const show = ({ code, output }: { code: number; output: string }): string => `${output}\nexit code ${code}`;
    return tool(
      step.run.join(' '),
      'execute',
      { rawInput: { command: step.run.join(' ') } },
      () => runProgram(step.run, cwd, cancelled),
      show,
    );
  }
  if ('ask_permission' in step) {
    const { title, path, options = ['allow_once', 'allow_always', 'reject_once'], answers } = step.ask_permission;
    const { outcome } = await client.request<{ outcome: { outcome: string; optionId?: string } }>(
      'session/request_permission',
      {
        sessionId,
        toolCall: {
          toolCallId: `call-${crypto.randomUUID()}`,
          title,
          ...(path === undefined ? {} : { locations: [{ path: absolute(cwd, path) }] }),
        },
        options:
          answers?.map((name, index) => ({ optionId: `answer-${index + 1}`, name, kind: 'allow_once' })) ??
          options.map((kind) => ({ optionId: kind, name: kind, kind })),
      },
    );
    return say(`permission: ${outcome.optionId ?? outcome.outcome}\n`);
  }
  if ('request' in step) {
    const answer = await client
      .request<unknown>(step.request.method, step.request.params ?? {})
      .catch((error: unknown) => error);
    return say(`${step.request.method}: ${answer instanceof Error ? answer.message : JSON.stringify(answer)}\n`);
  }
  if ('usage' in step) return claimUsage(step.usage, stage.tokens, update);
  if ('flood' in step) return flood(step.flood, { update, say, cancelled });
  if ('garbage' in step) return void process.stdout.write(`${step.garbage}\n`);
  if ('wait' in step) return pause(step.wait, cancelled);
  if ('hang' in step)
    return pause(2 ** 31 - 1, step.hang.ignore_cancel === true ? new AbortController().signal : cancelled);
  if ('crash' in step) {
    process.stderr.write('the scenario says: crash\n');
    process.exit(step.crash.code);
  }
  if ('exit' in step) process.exit(step.exit);
  if ('error' in step) throw new ScriptedError(step.error.code, step.error.message);
}

const absolute = (cwd: string, path: string): string => (path.startsWith('/') ? path : `${cwd}/${path}`);

/** Resolves after `ms`, or when the turn is cancelled. */
const pause = (ms: number, cancelled: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (cancelled.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    cancelled.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
