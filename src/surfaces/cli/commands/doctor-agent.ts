import type { Agents, FoundAgent, StartedAgent } from '../../../app/agents.ts';
import { duration } from '../text/duration.ts';
import type { Finding } from './doctor-finding.ts';

/**
 * What is to be said of an agent: whether it is here, and, unless it has to be quick, whether it starts, as
 * which version, and its login.
 */
export async function agentFinding(agents: Agents, agent: FoundAgent, quick: boolean): Promise<Finding> {
  const what = `agent ${agent.name}`;
  if (agent.spec === null) return { what, state: 'limited', text: `not found: ${agent.why}`, fix: agent.fix };
  const note = await agents.note(agent.spec);
  const noted = note === null ? '' : `; ${note}`;
  if (quick) return { what, state: 'ok', text: `${agent.path ?? ''}${noted}`, fix: '' };
  const started = await agents.start(agent.spec, new AbortController().signal);
  const { failure, login } = started;
  const text = `${[agent.path, version(started), node(started)].filter((part) => part !== '').join(', ')}${noted}`;
  if (failure !== null)
    return {
      what,
      state: 'limited',
      text: `${text}; it does not start (${failure.reason}): ${failure.detail}`,
      fix: agent.fix,
    };
  if (login.kind === 'none')
    return { what, state: 'limited', text: `${text}; no login was found`, fix: `log in with \`${login.fix}\`` };
  return { what, state: 'ok', text: login.kind === 'found' ? `${text}; login: ${login.where}` : text, fix: '' };
}

const version = ({ info, failure, durationMs }: StartedAgent): string =>
  failure === null ? `version ${info.version ?? 'unknown'}, starts in ${duration(durationMs)}` : '';

const node = ({ node: found }: StartedAgent): string =>
  found === null
    ? ''
    : `needs Node ${found.needs} (${found.has === null ? 'there is no node on the PATH' : `it gets ${found.has}`})`;
