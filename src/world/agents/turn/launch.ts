import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { TurnOutcome } from '../../../domain/agents/agent.ts';
import type { Config, ConfiguredAgent } from '../../config/port.ts';
import { baseEnv, findProgram, gatePath } from '../../sandbox/environment.ts';
import type { Bind, SandboxedCommand, Sandboxes } from '../../sandbox/port.ts';
import { secretValues } from '../acp/mask.ts';
import type { TurnRequest } from '../port.ts';
import { presetNamed } from '../presets/list.ts';
import type { Preset, StatePath, User } from '../presets/preset.ts';
import { grantedEnv } from './environment.ts';
import { kindOf, realOf, refuseExposing, showProgram } from './visible.ts';

export const MARKER = 'OMK_ATTEMPT';

export type Launch =
  | { readonly kind: 'ready'; readonly command: SandboxedCommand; readonly preset: Preset | null; readonly secrets: readonly string[] }
  | { readonly kind: 'unavailable'; readonly outcome: TurnOutcome };

export interface LaunchOptions {
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly config: Config;
}

/** Finds the agent's program and builds the command, environment and view it runs with. Makes its private folders. */
export async function prepareLaunch(options: LaunchOptions, request: TurnRequest): Promise<Launch> {
  const { agent } = request;
  const preset = presetNamed(agent.preset);
  const path = gatePath(options.env);
  const [name, ...args] = agent.argv;
  const program = isAbsolute(name) ? (kindOf(name) === 'file' ? name : null) : findProgram(name, path);
  if (program === null) {
    const detail = `${name} is not ${isAbsolute(name) ? 'there' : 'on the PATH'}. ${preset?.fix ?? 'Install it, or correct the command.'}`;
    return { kind: 'unavailable', outcome: { kind: 'unavailable', reason: 'not_found', detail } };
  }
  const configured = configuredFor(options.config, request);
  // Only what omk knows or the user named gets the user's HOME; its content is hidden all the same.
  const own = preset === null && configured === null;
  const home = own ? join(request.scratch, 'home') : options.home;
  const tmp = join(request.scratch, 'tmp');
  for (const folder of [tmp, ...(own ? [home] : [])]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const granted = grantedEnv(options.env, preset, configured?.env ?? []);
  const state = statePaths({ home: options.home, env: options.env }, preset, configured);
  const hidden = [...new Set([options.stateDir, ...request.hidden])];
  const real = hidden.map((folder) => realOf(folder) ?? folder);
  refuseExposing(
    state.map(({ from }) => from),
    real,
    realOf(options.stateDir) ?? options.stateDir,
  );
  const mustStayHidden = [...hidden, ...real, options.home, realOf(options.home) ?? options.home];
  const isFile = (word: string | undefined): word is string => word !== undefined && isAbsolute(word) && kindOf(word) === 'file';
  const files = [program, ...args].filter(isFile);
  const certificates = [granted['NODE_EXTRA_CA_CERTS'], granted['SSL_CERT_FILE']].filter(isFile);
  const command = await options.sandboxes.wrap({
    argv: [program, ...args],
    cwd: request.worktree,
    env: {
      ...baseEnv({ path: [...request.pathPrefix, path].join(':'), home, tmp }),
      NO_COLOR: '1',
      TERM: 'dumb',
      ...granted,
      ...preset?.set,
      ...request.env,
      [MARKER]: request.marker,
    },
    network: true,
    view: 'agent',
    binds: unique([
      ...files.flatMap((file) => showProgram(file, mustStayHidden)),
      ...certificates.map((from) => ({ from, writable: false })),
      ...state,
      { from: request.scratch, writable: true },
      { from: request.worktree, writable: true },
    ]),
    hidden,
  });
  return { kind: 'ready', command, preset, secrets: secretValues(granted) };
}

/** A configured agent counts only while its command is the one of the spec: a name alone opens nothing. */
function configuredFor(config: Config, { agent }: TurnRequest): ConfiguredAgent | null {
  const configured = config.agents[agent.name];
  if (configured === undefined) return null;
  if (configured.argv === null) return agent.preset === agent.name ? configured : null;
  return JSON.stringify(configured.argv) === JSON.stringify(agent.argv) ? configured : null;
}

function statePaths(user: User, preset: Preset | null, configured: ConfiguredAgent | null): Bind[] {
  const own: readonly StatePath[] = preset?.paths(user) ?? [];
  for (const { path, writable } of own) if (writable) makeIfPossible(path);
  const named = (configured?.paths ?? []).map((path) => ({ path: path.startsWith('~/') ? join(user.home, path.slice(2)) : path, writable: true }));
  return [...own, ...named].filter(({ path }) => kindOf(path) !== null).map(({ path, writable }) => ({ from: path, writable }));
}

/** An agent that finds no folder of its own makes one; in the sandbox it would be lost with the turn, and the session with it. */
function makeIfPossible(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // Then it goes without, as it would by itself.
  }
}

/** A path once; writable when any asks for it. */
function unique(binds: readonly Bind[]): Bind[] {
  const byPath = new Map<string, Bind>();
  for (const bind of binds) if (!byPath.get(bind.from)?.writable) byPath.set(bind.from, bind);
  return [...byPath.values()];
}
