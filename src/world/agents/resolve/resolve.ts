import { existsSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import type { AgentSpec } from '../../../domain/agents/agent.ts';
import { OmkError } from '../../../domain/error.ts';
import type { Config } from '../../config/port.ts';
import { splitWords } from '../../config/words.ts';
import { findProgram, gatePath } from '../../sandbox/environment.ts';
import { PRESETS, presetNamed } from '../presets/list.ts';

export interface ResolveOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly config: Config;
  readonly bundled: { readonly scriptedAgent: readonly [string, ...string[]] };
}

const SCRIPTED = 'scripted:';

/**
 * `--agent` text to a spec: a preset, a name of the user's configuration, `scripted:<scenario file>`, or a command
 * line. Files named in a command line are meant from the current directory. Throws `OmkError` `AGENT_UNKNOWN`.
 */
export function resolveAgent(text: string, options: ResolveOptions): AgentSpec {
  const wanted = text.trim();
  const named = namedAgent(wanted, options.config);
  if (named !== null) return named;
  if (wanted.startsWith(SCRIPTED)) {
    const scenario = resolve(wanted.slice(SCRIPTED.length));
    if (!existsSync(scenario)) throw unknown(`There is no scenario file ${scenario}`, options.config);
    return { name: 'scripted', preset: 'scripted', argv: [...options.bundled.scriptedAgent, scenario] };
  }
  const words = splitWords(wanted);
  if (words === null || wanted === 'scripted') throw unknown(`"${wanted}" is no agent`, options.config);
  const [name, ...args] = words;
  const program = name.includes('/') ? resolve(name) : name;
  if (isAbsolute(program) ? !existsSync(program) : findProgram(program, gatePath(options.env)) === null) {
    throw unknown(`"${name}" is neither an agent omk knows nor a program`, options.config);
  }
  return { name: basename(name), preset: null, argv: [program, ...args.map(fromHere)] };
}

/** A preset or a configured agent; null when the name is neither. */
export function namedAgent(name: string, config: Config): AgentSpec | null {
  const configured = Object.hasOwn(config.agents, name) ? config.agents[name] : undefined;
  const preset = name === 'scripted' ? null : presetNamed(name);
  if (configured?.argv != null) return { name, preset: preset?.name ?? null, argv: configured.argv };
  return preset === null ? null : { name, preset: preset.name, argv: [preset.program, ...preset.args] };
}

/** The agent runs in the worktree, which is the agent's to change: a file the user named must stay the user's. */
const fromHere = (word: string): string =>
  !word.startsWith('-') && word.includes('.') && existsSync(word) ? resolve(word) : word;

function unknown(what: string, config: Config): OmkError {
  const names = [
    ...PRESETS.map((preset) => preset.name).filter((name) => name !== 'scripted'),
    ...Object.keys(config.agents),
  ];
  return new OmkError(
    'AGENT_UNKNOWN',
    `${what}.`,
    `Use one of ${[...new Set(names)].join(', ')}, scripted:<scenario file>, or the command line of any ACP agent.`,
  );
}
