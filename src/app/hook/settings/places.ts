import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { HookAgent } from '../../../domain/hooks/answer.ts';
import { fromHome } from '../../paths.ts';
import type { HookEntry, Settings } from './edit.ts';
import { jsonSettings } from './json.ts';
import { tomlSettings } from './toml.ts';

export type Scope = 'user' | 'project';
type Env = Readonly<Record<string, string | undefined>>;

interface Known {
  readonly settings: Settings;
  /** The folder of the user, by the variable that moves it, else below HOME. */
  readonly variable: string | null;
  readonly folder: string;
  readonly file: string;
  readonly hasProject: boolean;
  readonly stop: 'Stop' | 'AfterAgent';
  /** Time units in a second. */
  readonly unit: number;
  /** What a person must know or do beside it. */
  readonly note: string | null;
}

const JSON_LIKE = { settings: jsonSettings, hasProject: true, stop: 'Stop', unit: 1, note: null } as const;

const KNOWN: Readonly<Record<HookAgent, Known>> = {
  claude: { ...JSON_LIKE, variable: 'CLAUDE_CONFIG_DIR', folder: '.claude', file: 'settings.json' },
  codex: {
    ...JSON_LIKE,
    variable: 'CODEX_HOME',
    folder: '.codex',
    file: 'hooks.json',
    note: 'codex starts a new hook only after you trusted it: open /hooks in codex',
  },
  gemini: {
    ...JSON_LIKE,
    variable: null,
    folder: '.gemini',
    file: 'settings.json',
    stop: 'AfterAgent',
    unit: 1000,
    note: 'gemini starts hooks only in folders that you trust',
  },
  kimi: {
    settings: tomlSettings,
    variable: 'KIMI_CODE_HOME',
    folder: '.kimi-code',
    file: 'config.toml',
    hasProject: false,
    stop: 'Stop',
    unit: 1,
    note: 'kimi asks its stop hook once for each prompt: it is sent back once, and does not show what omk tells you (omk goal list)',
  },
};

export interface Place {
  readonly agent: HookAgent;
  readonly scope: Scope;
  readonly file: string;
  readonly settings: Settings;
  readonly entries: (program: string) => readonly HookEntry[];
  readonly note: string | null;
}

/** Where an agent reads hooks from. `OmkError` `HOOK_NO_PROJECT`. */
export function placeOf(agent: HookAgent, scope: Scope, env: Env, root: string): Place {
  const known = KNOWN[agent];
  if (scope === 'project' && !known.hasProject)
    throw new OmkError(
      'HOOK_NO_PROJECT',
      `${agent} reads hooks from the settings of the user only, not from a project`,
      `omk hooks install ${agent} --user`,
    );
  const own = known.variable === null ? undefined : env[known.variable];
  const user = own ?? fromHome(env, `~/${known.folder}`);
  const file = join(scope === 'user' ? user : join(root, known.folder), known.file);
  const entry = (program: string) => (event: string, seconds: number) => ({
    event,
    command: `${program} judge --hook ${agent}`,
    timeout: seconds * known.unit,
  });
  return {
    agent,
    scope,
    file,
    settings: known.settings,
    entries: (program) => [entry(program)('SessionStart', 30), entry(program)(known.stop, 600)],
    note: known.note,
  };
}

export const scopesOf = (agent: HookAgent): readonly Scope[] =>
  KNOWN[agent].hasProject ? ['user', 'project'] : ['user'];

/** A hook of omk, with whatever options it was given. */
export const isOurs =
  (agent: HookAgent) =>
  (command: string): boolean =>
    new RegExp(`\\bomk(\\.js)?["']? judge --hook[ =]${agent}\\b`, 'u').test(command);
