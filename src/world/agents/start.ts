import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentSpec } from '../../domain/agents/agent.ts';
import { findProgram, gatePath } from '../sandbox/environment.ts';
import type { StartedAgent, TurnRequest, TurnResult } from './port.ts';
import { presetNamed } from './presets/list.ts';
import { loginOf } from './presets/login.ts';
import type { User } from './presets/preset.ts';

/** Starts an agent in an empty folder up to its first answer, and looks for its login and its Node. */
export async function startAgent(
  agent: AgentSpec,
  user: User,
  run: (request: TurnRequest) => Promise<TurnResult>,
): Promise<StartedAgent> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'omk-start-')));
  try {
    for (const name of ['tree', 'scratch']) await mkdir(join(folder, name));
    const { outcome, info, durationMs } = await run({
      agent,
      startOnly: true,
      session: null,
      prompt: '',
      freshPrompt: '',
      worktree: join(folder, 'tree'),
      scratch: join(folder, 'scratch'),
      hidden: [],
      env: {},
      pathPrefix: [],
      turnTimeoutMs: 600_000,
      idleTimeoutMs: 600_000,
      marker: `start.${process.pid}.${crypto.randomUUID()}`,
      streamFile: join(folder, 'stream'),
      stderrFile: join(folder, 'stderr'),
    });
    return {
      failure: failureOf(outcome),
      info: info ?? { name: null, version: null },
      durationMs,
      login: loginOf(presetNamed(agent.preset), user),
      node: await nodeOf(agent, user),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failureOf(outcome: TurnResult['outcome']): StartedAgent['failure'] {
  if (outcome.kind === 'unavailable') return { reason: outcome.reason, detail: outcome.detail };
  if (outcome.kind === 'failed') return { reason: 'failed', detail: outcome.detail };
  return outcome.kind === 'completed' ? null : { reason: 'failed', detail: outcome.kind };
}

async function nodeOf({ preset: name }: AgentSpec, { env }: User): Promise<StartedAgent['node']> {
  const needs = presetNamed(name)?.node;
  if (needs === undefined) return null;
  const node = findProgram('node', gatePath(env));
  if (node === null) return { needs, has: null };
  const has = await new Promise<string | null>((resolve) =>
    execFile(node, ['--version'], { env: {}, timeout: 10_000 }, (error, stdout) =>
      resolve(error === null ? stdout.trim().replace(/^v/u, '') : null),
    ),
  );
  return { needs, has };
}
