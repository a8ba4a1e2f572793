export type { Agents, FoundAgent, StartedAgent } from '../world/agents/port.ts';
