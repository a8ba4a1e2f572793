import type { Clock } from '../clock/port.ts';
import type { Config } from '../config/port.ts';
import { endMarked } from '../process/strays.ts';
import { realTimers } from '../process/timers.ts';
import { homeOf } from '../sandbox/home.ts';
import type { Sandboxes } from '../sandbox/port.ts';
import type { Agents } from './port.ts';
import { recordedUsage } from './usage/recorded.ts';
import { sessionRecords } from './usage/session-files.ts';
import { presetNamed } from './presets/list.ts';
import { ownSandboxNote } from './presets/own-sandbox.ts';
import { findAgents, missingProgram } from './resolve/find.ts';
import { resolveAgent } from './resolve/resolve.ts';
import { startAgent } from './start.ts';
import { MARKER } from './turn/launch.ts';
import { TURN_LIMITS, type TurnLimits } from './turn/limits.ts';
import { runTurn } from './turn/run.ts';

export interface AgentsOptions {
  /** Hidden from every agent. */
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  /** The user's environment: only what a preset or the user names of it reaches an agent. */
  readonly env: NodeJS.ProcessEnv;
  readonly config: Config;
  readonly clock: Clock;
  readonly bundled: {
    readonly scriptedAgent: readonly [string, ...string[]];
    /** The program that an agent starts for its tools. */
    readonly roleServer: readonly [string, ...string[]];
  };
  readonly limits?: Partial<TurnLimits>;
}

/** The agents of this machine. */
export function openAgents(options: AgentsOptions): Agents {
  const home = homeOf(options.env) ?? '/nonexistent';
  const turn = {
    ...options,
    home,
    timers: realTimers,
    limits: { ...TURN_LIMITS, ...startLimit(options.config), ...options.limits },
  };
  return {
    runTurn: (request, observe, signal, answer) => runTurn(turn, request, observe, signal, answer),
    usage: async ({ agent, session, streamFile }) => {
      const records = presetNamed(agent.preset)?.usageHome?.({ home, env: options.env }) ?? null;
      return records === null ? recordedUsage(streamFile, agent.preset) : sessionRecords(records, session);
    },
    endStrays: (marker) => endMarked(MARKER, marker),
    find: async () => findAgents(options),
    missing: (agent) => missingProgram(agent, options.env),
    note: async (agent) =>
      ownSandboxNote(presetNamed(agent.preset), await options.sandboxes.detect(), process.getuid?.() === 0),
    start: (agent, signal) =>
      startAgent(agent, { home, env: options.env }, (request) => runTurn(turn, request, () => undefined, signal)),
    resolve: async (text) => resolveAgent(text, options),
  };
}

const startLimit = ({ limits: { startTimeoutMs } }: Config): Partial<TurnLimits> =>
  startTimeoutMs === undefined ? {} : { initializeMs: startTimeoutMs };
