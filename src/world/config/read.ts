import { parse, TomlError } from 'smol-toml';
import type * as z from 'zod/mini';
import { OmkError } from '../../domain/error.ts';
import { PRESETS, presetNamed } from '../agents/presets/list.ts';
import type { Config, ConfiguredAgent, ModelPrice } from './port.ts';
import { lineOfKey } from './locate.ts';
import { repositorySchema, userSchema, type UserFile } from './schema.ts';

interface ConfigFile {
  /** Shown in errors. */
  readonly path: string;
  readonly text: string;
}

/**
 * Configuration of a run: the repository's `.omk/config.toml` over the user's own file. Throws `OmkError`
 * `CONFIG_INVALID` with file and line for what does not parse, for unknown keys, and for what only the user may set.
 */
export function readConfig(files: {
  readonly repositoryToml: ConfigFile | null;
  readonly userToml: ConfigFile | null;
}): Config {
  const user = files.userToml === null ? {} : check(files.userToml, userSchema);
  const repository =
    files.repositoryToml === null ? {} : check(withoutUserKeys(files.repositoryToml), repositorySchema);
  if (files.repositoryToml !== null && repository.agent !== undefined)
    knownAgent(files.repositoryToml, 'agent', repository.agent, user);
  if (files.repositoryToml !== null && repository.fallback_agent !== undefined)
    knownAgent(files.repositoryToml, 'fallback_agent', repository.fallback_agent, user);
  if (files.userToml !== null) needCommands(files.userToml, user);
  const fallbackAgent = repository.fallback_agent ?? user.fallback_agent;
  const limits = { ...user.limits, ...repository.limits };
  const taskShare = repository.budget?.task_share ?? user.budget?.task_share;
  return {
    agent: repository.agent ?? user.agent ?? null,
    ...(fallbackAgent === undefined ? {} : { fallbackAgent }),
    agents: agentsOf(user),
    ...(user.prices === undefined ? {} : { prices: pricesOf(user.prices) }),
    ...(taskShare === undefined ? {} : { taskShare }),
    ...(user.budget?.cost_tracker_path === undefined ? {} : { costTracker: user.budget.cost_tracker_path }),
    ...(user.roles === undefined ? {} : { roles: rolesOf(user.roles) }),
    ...(user.commit?.author === undefined ? {} : { author: user.commit.author }),
    ...(user.delivery?.proof === false ? { sendsProofs: false } : {}),
    ...(user.replay?.max_size == null ? {} : { replay: { maxBytes: user.replay.max_size } }),
    signing: { key: user.signing?.key ?? null },
    limits: {
      maxAttempts: limits.max_attempts ?? null,
      ...(limits.max_agents === undefined ? {} : { maxAgents: limits.max_agents }),
      turnTimeoutMs: limits.turn_timeout ?? null,
      idleTimeoutMs: limits.idle_timeout ?? null,
      ...(limits.start_timeout == null ? {} : { startTimeoutMs: limits.start_timeout }),
      ...(limits.max_wait == null ? {} : { maxWaitMs: limits.max_wait }),
    },
  };
}

const agentsOf = (user: UserFile): Record<string, ConfiguredAgent> =>
  Object.fromEntries(
    Object.entries(user.agents ?? {}).map(([name, agent]) => [
      name,
      {
        argv: agent.command ?? null,
        env: agent.env ?? [],
        paths: (agent.paths ?? []).map((each) => (typeof each === 'string' ? { path: each, access: 'copy' } : each)),
        ...(agent.report_tokens === undefined ? {} : { reportTokens: agent.report_tokens }),
        ...(agent.report_usd === undefined ? {} : { reportUsd: agent.report_usd }),
      },
    ]),
  );

const rolesOf = ({ planner, oracle, worker }: NonNullable<UserFile['roles']>): NonNullable<Config['roles']> => ({
  ...(planner ? { planner } : {}),
  ...(oracle ? { oracle } : {}),
  ...(worker ? { worker } : {}),
});

const pricesOf = (prices: NonNullable<UserFile['prices']>): Record<string, ModelPrice> =>
  Object.fromEntries(
    Object.entries(prices).map(([model, { input, cached, output }]) => [
      model,
      { input, output, ...(cached === undefined ? {} : { cached }) },
    ]),
  );

/** Only a preset has a command of its own. */
function needCommands(file: ConfigFile, user: UserFile): void {
  const without = Object.entries(user.agents ?? {}).find(
    ([name, agent]) => agent.command == null && presetNamed(name) === null,
  )?.[0];
  if (without === undefined) return;
  throw invalid(file, lineOfKey(file.text, ['agents', without]), `\`agents.${without}\` needs a \`command\``);
}

function check<Schema extends z.ZodMiniType>(file: ConfigFile, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(parseToml(file));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const at = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])]
    .map(String)
    .filter((part) => !/^\d+$/u.test(part));
  const what =
    unknown === undefined
      ? `\`${at.join('.')}\` ${issue?.message ?? 'is not valid'}`
      : `\`${at.join('.')}\` is not a key omk knows`;
  throw invalid(file, lineOfKey(file.text, at), what);
}

function parseToml(file: ConfigFile): Record<string, unknown> {
  try {
    return parse(file.text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw invalid(file, error.line, error.message.split('\n')[0] ?? 'is not TOML');
  }
}

/** Whoever can push to a repository must not choose what runs on the machine of whoever clones it, nor with which key. */
function withoutUserKeys(file: ConfigFile): ConfigFile {
  const parsed = parseToml(file);
  for (const key of ['agents', 'roles', 'signing', 'prices', 'commit', 'replay', 'delivery']) {
    if (!(key in parsed)) continue;
    throw invalid(
      file,
      lineOfKey(file.text, [key]),
      `\`${key}\` is honoured only in your own configuration file, not in a repository's`,
    );
  }
  return file;
}

/** A bare word that is no known agent would be taken for a program. */
function knownAgent(file: ConfigFile, key: 'agent' | 'fallback_agent', agent: string, user: UserFile): void {
  const known = [...PRESETS.map((preset) => preset.name), ...Object.keys(user.agents ?? {})].filter(
    (name) => name !== 'scripted',
  );
  if (known.includes(agent)) return;
  throw invalid(
    file,
    lineOfKey(file.text, [key]),
    `\`${key}\` must be one of ${known.join(', ')} in a repository's file`,
  );
}

const invalid = (file: ConfigFile, line: number, what: string): OmkError =>
  new OmkError('CONFIG_INVALID', `${file.path}:${line}: ${what}.`, `Correct line ${line} of ${file.path}.`);
