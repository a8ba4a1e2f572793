import { Readable, Writable } from 'node:stream';
import { agent, ndJsonStream, RequestError, type McpServer, type SessionConfigOption } from '@agentclientprotocol/sdk';
import { chooseSteps } from './choose.ts';
import { memory } from './memory.ts';
import { play, ScriptedError } from './play.ts';
import { answerUsage, nothingClaimed } from './usage.ts';
import { loadScenario, type LoadedScenario } from './scenario.ts';

/** The scripted agent: a program that speaks ACP on its standard streams and does what a scenario file says. */
function main(loaded: LoadedScenario): void {
  const sessions = new Map<
    string,
    { cwd: string; servers: readonly McpServer[]; turns: number; abort: AbortController | null }
  >();
  const app = agent({ name: 'omk-scripted' })
    .onRequest('initialize', () => ({
      protocolVersion: 1,
      agentCapabilities: { loadSession: true, promptCapabilities: { embeddedContext: false } },
      agentInfo: { name: 'omk scripted agent', version: '1' },
      authMethods: [],
    }))
    .onRequest('session/new', ({ params }) => {
      const sessionId = crypto.randomUUID();
      memory.remember(sessionId, 0);
      sessions.set(sessionId, { cwd: params.cwd, servers: params.mcpServers, turns: 0, abort: null });
      return { sessionId, ...offered(loaded.scenario.models) };
    })
    .onRequest('session/set_config_option', ({ params }) => ({
      configOptions: configOptions(loaded.scenario.models ?? [], String(params.value)),
    }))
    .onRequest('session/load', async ({ params, client }) => {
      const turns = memory.turns(params.sessionId);
      if (turns === null) throw RequestError.resourceNotFound(params.sessionId);
      sessions.set(params.sessionId, { cwd: params.cwd, servers: params.mcpServers, turns, abort: null });
      // The protocol wants the history told again before the answer.
      const update = {
        sessionUpdate: 'agent_message_chunk',
        content: { type: 'text', text: `had ${turns} turns` },
      } as const;
      await client.notify('session/update', { sessionId: params.sessionId, update });
      return {};
    })
    .onNotification('session/cancel', ({ params }) => sessions.get(params.sessionId)?.abort?.abort())
    .onRequest('session/prompt', async ({ params, client }) => {
      const { sessionId } = params;
      const session = sessions.get(sessionId);
      if (session === undefined) throw RequestError.resourceNotFound(sessionId);
      const prompt = params.prompt.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
      session.turns += 1;
      // Before the steps: a turn that kills this process has been had.
      memory.remember(sessionId, session.turns);
      const abort = new AbortController();
      session.abort = abort;
      const tokens = nothingClaimed();
      const stage = {
        client,
        sessionId,
        cwd: session.cwd,
        servers: session.servers,
        loaded,
        prompt,
        cancelled: abort.signal,
        tokens,
      };
      for (const step of chooseSteps(loaded.scenario, prompt, session.turns)) {
        if (abort.signal.aborted) break;
        await play(step, stage).catch((error: unknown) => {
          throw error instanceof ScriptedError ? new RequestError(error.code, error.message) : error;
        });
      }
      session.abort = null;
      return { stopReason: abort.signal.aborted ? 'cancelled' : 'end_turn', ...answerUsage(tokens) };
    });
  const connection = app.connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));
  void connection.closed.then(() => process.exit(0));
}

const offered = (models: readonly string[] | undefined): { readonly configOptions?: SessionConfigOption[] } =>
  models?.[0] === undefined ? {} : { configOptions: configOptions(models, models[0]) };

const configOptions = (models: readonly string[], currentValue: string): SessionConfigOption[] => [
  {
    type: 'select',
    id: 'model',
    name: 'Model',
    category: 'model',
    currentValue,
    options: models.map((value) => ({ value, name: value })),
  },
];

const file = process.argv[2];
try {
  if (file === undefined) throw new Error('usage: scripted-agent <scenario.json>');
  main(loadScenario(file));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
