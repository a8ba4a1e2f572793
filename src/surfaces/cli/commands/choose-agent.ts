import type { Agents } from '../../../app/agents.ts';
import type { AgentSpec } from '../../../domain/agents/agent.ts';
import { usdFromNumber } from '../../../domain/budget/money.ts';
import { OmkError } from '../../../domain/error.ts';
import type { GoalOptions } from '../../../domain/goal/event.ts';
import type { Config, RoleChoice } from '../../../app/config.ts';

/** What was asked for; else the only agent on this machine; else a sentence that names them. */
export async function chooseAgent(agents: Agents, asked: string | null): Promise<AgentSpec> {
  if (asked !== null) {
    const spec = await agents.resolve(asked);
    const missing = agents.missing(spec);
    if (missing === null) return spec;
    throw new OmkError('AGENT_NOT_FOUND', `Agent '${spec.name}' cannot be started: ${missing.why}`, missing.fix, {
      exit: 4,
    });
  }
  const found = (await agents.find()).filter((agent) => agent.spec !== null && agent.name !== 'scripted');
  const only = found[0]?.spec;
  if (found.length === 1 && only) return only;
  if (found.length > 1)
    throw new OmkError(
      'AGENT_NOT_CHOSEN',
      `There is more than one agent here: ${found.map((agent) => agent.name).join(', ')}`,
      '--agent <name>, or agent = "<name>" in the config',
    );
  const known = (await agents.find()).filter((agent) => agent.name !== 'scripted');
  const ignored = known.filter(({ why }) => why.includes('is ignored')).map(({ why }) => `; ${why}`);
  throw new OmkError(
    'AGENT_NOT_FOUND',
    `No agent is installed; omk knows ${known.map(({ name }) => name).join(', ')}${ignored.join('')}`,
    'omk doctor --quick says how to install each; or --agent "<any ACP command line>"; omk demo needs none',
    { exit: 4 },
  );
}

/** The agent of `--fallback-agent`, else that of the configuration; null: there is none. */
export async function chooseOther(
  { agents, config }: { readonly agents: Agents; readonly config: Config },
  asked: string | undefined,
  agent: AgentSpec,
): Promise<AgentSpec | null> {
  const text = asked ?? config.fallbackAgent;
  if (text === undefined) return null;
  const other = await chooseAgent(agents, text);
  if (other.argv.join(' ') !== agent.argv.join(' ')) return other;
  throw new OmkError(
    'FLAG_INVALID',
    `--fallback-agent is '${other.name}', which is the agent that works already`,
    'another agent, or no --fallback-agent',
  );
}

/** The agent of `--agent`, else that of `[roles.worker]`, else that of the configuration; with the model of its role. */
export async function chooseWorker(
  { agents, config }: { readonly agents: Agents; readonly config: Config },
  asked: string | undefined,
): Promise<AgentSpec> {
  const { worker } = config.roles ?? {};
  return withModel(await chooseAgent(agents, asked ?? worker?.agent ?? config.agent), worker?.model);
}

const withModel = (agent: AgentSpec, model: string | undefined): AgentSpec =>
  model === undefined ? agent : { ...agent, model };

/** Who makes plans and writes checks by `[roles]`, where that is another agent or model; asked for only where such a session may begin. */
export async function chooseRoles(
  { agents, config }: { readonly agents: Agents; readonly config: Config },
  { planner, oracle }: GoalOptions,
  worker: AgentSpec,
): Promise<Pick<GoalOptions, 'roleAgents'>> {
  const { model: _own, ...plain } = worker;
  const chosen = async ({ agent, model }: RoleChoice): Promise<AgentSpec> =>
    withModel(agent === undefined ? plain : await chooseAgent(agents, agent), model);
  const { roles = {} } = config;
  const named = {
    ...(roles.planner !== undefined && planner !== undefined ? { planner: await chosen(roles.planner) } : {}),
    ...(roles.oracle !== undefined && oracle === 'agent' ? { oracle: await chosen(roles.oracle) } : {}),
  };
  return Object.keys(named).length === 0 ? {} : { roleAgents: named };
}

/** With the other agent; how much is reported at once is known only where it is known of both. */
export function withOther(options: GoalOptions, other: AgentSpec | null, { agents }: Config): GoalOptions {
  if (!other) return options;
  const { largestReport, ...rest } = options;
  const { reportTokens, reportUsd } = agents[other.name] ?? {};
  const both = {
    tokens: larger(largestReport?.tokens ?? null, reportTokens?.toString() ?? null),
    picoUsd: larger(largestReport?.picoUsd ?? null, usdFromNumber(reportUsd)?.toString() ?? null),
  };
  const isKnown = both.tokens !== null || both.picoUsd !== null;
  return { ...rest, ...(isKnown ? { largestReport: both } : {}), fallbackAgent: other };
}

function larger(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return BigInt(one) > BigInt(other) ? one : other;
}
