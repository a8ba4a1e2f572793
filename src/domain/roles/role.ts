/** What a session is for that works on no task. */
export type SessionRole = 'planner' | 'oracle';
