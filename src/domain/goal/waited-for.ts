/** What an attempt waits for: the end of a usage limit, a service that answers again, or a while before an agent that failed is started. */
export type WaitedFor = 'usage_limit' | 'overloaded' | 'retry';
