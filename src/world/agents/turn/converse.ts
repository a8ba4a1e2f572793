import { isRecord } from '../../../domain/record.ts';
import type { ClientConnection, McpServerStdio } from '@agentclientprotocol/sdk';
import type { ClaimedUsage, TurnOutcome } from '../../../domain/agents/agent.ts';
import type { AgentError } from '../../../domain/agents/errors/classify.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { usageOfAnswer } from '../acp/usage.ts';
import type { TurnView } from '../acp/view.ts';
import type { AgentInfo, StartedAgent, TurnRequest } from '../port.ts';
import type { Preset } from '../presets/preset.ts';
import { outcomeOfAnswer, outcomeOfError } from './outcome.ts';
import { chooseModel } from './model.ts';
import { chooseMode, openSession, type OpenedSession } from './session.ts';

const PROTOCOL_VERSION = 1;
/** Of this client, for agents that keep statistics; not the program's. */
const VERSION = '1';

/** What the conversation has reached, for whoever has to break it off. */
export interface Progress {
  started: boolean;
  session: OpenedSession | null;
  prompting: boolean;
  info: AgentInfo | null;
}

export interface Conversation {
  readonly outcome: TurnOutcome;
  readonly usage: ClaimedUsage;
  /** The model that works, as the agent says. Absent: it does not say. */
  readonly model?: string;
}

/**
 * initialize, session, prompt, answer. `progress` tells how far it is; updates count from the prompt on, so that
 * a replayed session does not look like new work. Never rejects for what an agent answers.
 */
export async function converse(
  connection: ClientConnection,
  request: TurnRequest,
  options: {
    readonly preset: Preset | null;
    readonly progress: Progress;
    readonly login: () => StartedAgent['login']['kind'];
    readonly view: () => TurnView;
    /** Programs that the agent starts for its tools. */
    readonly servers: readonly McpServerStdio[];
    readonly onSession: (session: OpenedSession) => void;
  },
): Promise<Conversation> {
  const { agent } = connection;
  const { preset, progress } = options;
  try {
    const initialized = await agent.request('initialize', {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: {
        fs: { readTextFile: preset?.readsThroughClient ?? true, writeTextFile: true },
        terminal: false,
        elicitation: { form: {} },
      },
      clientInfo: { name: 'omk', title: 'omk', version: VERSION },
    });
    if (!isRecord(initialized) || initialized.protocolVersion !== PROTOCOL_VERSION) {
      const spoken = isRecord(initialized) ? String(initialized.protocolVersion) : 'unknown';
      const detail = `it speaks version ${spoken} of the Agent Client Protocol, omk speaks ${PROTOCOL_VERSION}`;
      return { outcome: { kind: 'unavailable', reason: 'not_acp', detail }, usage: {} };
    }
    progress.started = true;
    progress.info = infoOf(initialized.agentInfo);
    if (request.startOnly) return { outcome: { kind: 'completed', stopReason: 'started' }, usage: {} };
    const session = await openSession(agent, initialized.agentCapabilities, {
      session: request.session,
      cwd: request.worktree,
      servers: options.servers,
    });
    progress.session = session;
    await chooseMode(agent, session, preset);
    const model = await chooseModel(agent, session, request.agent.model);
    if (model.kind === 'refused')
      return { outcome: { kind: 'unavailable', reason: 'not_found', detail: model.detail }, usage: {} };
    options.onSession(session);
    const text = session.resumed ? request.prompt : request.freshPrompt;
    progress.prompting = true;
    const answer: unknown = await agent.request('session/prompt', {
      sessionId: session.id,
      prompt: [{ type: 'text', text }],
    });
    const stopReason = isRecord(answer) && typeof answer['stopReason'] === 'string' ? answer['stopReason'] : 'unknown';
    return {
      outcome: outcomeOfAnswer(stopReason, options.view().produced),
      usage: { ...options.view().usage, ...usageOfAnswer(answer) },
      ...(model.name === null ? {} : { model: cleanLine(model.name, 80) }),
    };
  } catch (error) {
    return { outcome: outcomeOfError(agentError(error), preset, options.login()), usage: options.view().usage };
  }
}

const infoOf = (value: unknown): AgentInfo => {
  const { name, version } = isRecord(value) ? value : {};
  return { name: short(name), version: short(version) };
};

const short = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? cleanLine(value, 80) : null;

function agentError(error: unknown): AgentError {
  if (!(error instanceof Error)) return { code: null, message: String(error), data: null };
  const code = 'code' in error && typeof error.code === 'number' ? error.code : null;
  return { code, message: error.message, data: 'data' in error ? error.data : null };
}
