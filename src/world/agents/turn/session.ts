import { isRecord } from '../../../domain/record.ts';
import type { ClientContext, InitializeResponse, McpServerStdio } from '@agentclientprotocol/sdk';
import type { Preset } from '../presets/preset.ts';

export interface OpenedSession {
  readonly id: string;
  readonly resumed: boolean;
}

/**
 * Continues the session where the agent can, else opens a new one; a session that cannot be continued is no error.
 * Rejects with the agent's error when there is no session at all.
 */
export async function openSession(
  agent: ClientContext,
  capabilities: InitializeResponse['agentCapabilities'],
  wanted: { readonly session: string | null; readonly cwd: string; readonly servers: readonly McpServerStdio[] },
): Promise<OpenedSession & { readonly answer: unknown }> {
  const { cwd } = wanted;
  const mcpServers = [...wanted.servers];
  if (wanted.session !== null) {
    const sessionId = wanted.session;
    // Resuming replays nothing, so it is asked for first.
    const canResume =
      isRecord(capabilities?.sessionCapabilities) && isRecord(capabilities.sessionCapabilities['resume']);
    const ways = [
      ...(canResume ? ['session/resume'] : []),
      ...(capabilities?.loadSession === true ? ['session/load'] : []),
    ];
    for (const method of ways) {
      const answer = await agent.request<unknown>(method, { sessionId, cwd, mcpServers }).catch(() => undefined);
      if (answer !== undefined) return { id: sessionId, resumed: true, answer };
    }
  }
  const answer = await agent.request('session/new', { cwd, mcpServers });
  return { id: answer.sessionId, resumed: false, answer };
}

/**
 * Puts a session into the mode in which the agent asks before it acts. Agents without that mode stay as they are.
 * Chosen even when the session says it is in that mode: kimi says so while its user's file sets another.
 */
export async function chooseMode(
  agent: Pick<ClientContext, 'request'>,
  session: OpenedSession & { readonly answer: unknown },
  preset: Preset | null,
): Promise<void> {
  const mode = preset?.mode ?? null;
  const modes = isRecord(session.answer) ? session.answer['modes'] : null;
  if (mode === null) return;
  if (!isRecord(modes)) {
    // A session that goes on may not tell its modes, and has forgotten the one that was chosen.
    if (session.resumed)
      await agent.request('session/set_mode', { sessionId: session.id, modeId: mode }).catch(() => undefined);
    return;
  }
  const available = Array.isArray(modes['availableModes']) ? modes['availableModes'] : [];
  if (!available.some((each) => isRecord(each) && each['id'] === mode)) return;
  await agent.request('session/set_mode', { sessionId: session.id, modeId: mode });
}
