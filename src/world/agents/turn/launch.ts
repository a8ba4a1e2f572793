import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { TurnOutcome } from '../../../domain/agents/agent.ts';
import { secretValues } from '../../../domain/secrets/known.ts';
import type { Config, ConfiguredAgent } from '../../config/port.ts';
import { baseEnv, gatePath } from '../../sandbox/environment.ts';
import type { Bind, SandboxedCommand, Sandboxes } from '../../sandbox/port.ts';
import type { TurnRequest } from '../port.ts';
import { locateProgram } from '../resolve/locate.ts';
import { presetNamed } from '../presets/list.ts';
import type { Preset } from '../presets/preset.ts';
import { grantedEnv } from './environment.ts';
import { bindState } from './state.ts';
import { kindOf, realOf, refuseExposing, showInterpreters, showProgram } from './visible.ts';

export const MARKER = 'OMK_ATTEMPT';

export type Launch =
  | {
      readonly kind: 'ready';
      readonly command: SandboxedCommand;
      readonly preset: Preset | null;
      readonly secrets: readonly string[];
    }
  | { readonly kind: 'unavailable'; readonly outcome: TurnOutcome };

/** What a turn needs beside the agent itself. */
export interface Beside {
  readonly files: readonly string[];
  readonly binds: readonly Bind[];
}

export interface LaunchOptions {
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly config: Config;
}

/** Finds the agent's program and builds the command, environment and view it runs with. Makes its private folders. */
export async function prepareLaunch(
  options: LaunchOptions,
  request: TurnRequest,
  beside: Beside = { files: [], binds: [] },
): Promise<Launch> {
  const { agent } = request;
  const preset = presetNamed(agent.preset);
  const path = gatePath(options.env);
  const [name, ...args] = agent.argv;
  const located = locateProgram(name, options.env);
  if (located.kind === 'missing') {
    const detail = `${located.why}. ${preset?.fix ?? 'Install it, or correct the command.'}`;
    return { kind: 'unavailable', outcome: { kind: 'unavailable', reason: 'not_found', detail } };
  }
  const program = located.path;
  const configured = configuredFor(options.config, request);
  // Only what omk knows or the user named gets the user's HOME; its content is hidden all the same.
  const own = preset === null && configured === null;
  const home = own ? join(request.scratch, 'home') : options.home;
  const tmp = join(request.scratch, 'tmp');
  for (const folder of [tmp, ...(own ? [home] : [])]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const granted = grantedEnv(options.env, preset, configured?.env ?? []);
  const copies = (await options.sandboxes.detect()).kind === 'none' ? null : join(request.scratch, 'settings');
  const state = bindState(
    { home: options.home, env: options.env },
    preset,
    configured,
    copies,
    request.startOnly !== true,
  );
  const hidden = [...new Set([options.stateDir, ...request.hidden])];
  const real = hidden.map((folder) => realOf(folder) ?? folder);
  refuseExposing(
    state.map(({ from, to }) => to ?? from),
    real,
    realOf(options.stateDir) ?? options.stateDir,
  );
  const mustStayHidden = [...hidden, ...real, options.home, realOf(options.home) ?? options.home];
  const isFile = (word: string | undefined): word is string =>
    word !== undefined && isAbsolute(word) && kindOf(word) === 'file';
  const files = [program, ...args, ...beside.files].filter(isFile);
  const certificates = [granted['NODE_EXTRA_CA_CERTS'], granted['SSL_CERT_FILE']].filter(isFile);
  const command = await options.sandboxes.wrap({
    argv: [program, ...args, ...(copies === null ? [] : (preset?.sandboxedArgs ?? []))],
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
      ...files.flatMap((file) => [
        ...showProgram(file, mustStayHidden),
        ...showInterpreters(file, path, mustStayHidden),
      ]),
      ...versionFiles(options.home, program),
      ...certificates.map((from) => ({ from, writable: false })),
      ...state,
      { from: request.scratch, writable: true },
      { from: request.worktree, writable: true },
      ...(request.layer ?? []),
      ...beside.binds,
    ]),
    hidden,
  });
  return { kind: 'ready', command, preset, secrets: [...secretValues(granted), ...(request.secrets ?? [])] };
}

/** A configured agent counts only while its command is the one of the spec: a name alone opens nothing. */
function configuredFor(config: Config, { agent }: TurnRequest): ConfiguredAgent | null {
  const configured = config.agents[agent.name];
  if (configured === undefined) return null;
  if (configured.argv === null) return agent.preset === agent.name ? configured : null;
  return JSON.stringify(configured.argv) === JSON.stringify(agent.argv) ? configured : null;
}

/** A place once; writable when any asks for it. */
function unique(binds: readonly Bind[]): Bind[] {
  const byPlace = new Map<string, Bind>();
  for (const bind of binds) {
    const place = bind.to ?? bind.from;
    if (!byPlace.get(place)?.writable) byPlace.set(place, bind);
  }
  return [...byPlace.values()];
}

/** The shims of asdf look here for the version to start. */
const versionFiles = (home: string, program: string): Bind[] =>
  program.includes('/.asdf/')
    ? ['.tool-versions', '.asdfrc']
        .map((name) => join(home, name))
        .filter((file) => kindOf(file) === 'file')
        .map((from) => ({ from, writable: false }))
    : [];
