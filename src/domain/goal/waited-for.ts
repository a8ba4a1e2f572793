/** What a goal waits for: the end of the agent's usage limit, or a service that answers again. */
export type WaitedFor = 'usage_limit' | 'overloaded';
