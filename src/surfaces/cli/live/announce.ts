import type { AgentSpec } from '../../../domain/agents/agent.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

export const announce = (agent: AgentSpec): string =>
  `starting agent ${cleanLine(agent.name)} (${cleanLine(agent.argv.join(' '))}): it uses your login and ` +
  `the network, writes only its own worktree where a sandbox holds it, runs commands there without ` +
  `asking, and spends your money`;
