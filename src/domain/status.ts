export const TERMINAL_STATUSES = [
  'ready',
  'not_ready',
  'blocked_on_human',
  'blocked_on_external',
  'needs_more_budget',
  'failed_infra',
  'cancelled',
] as const;

export type TerminalStatus = (typeof TERMINAL_STATUSES)[number];
export type Status = 'running' | 'paused' | TerminalStatus;

/** From a status, the statuses that may follow. `ready` and `cancelled` are final; pausing never launders a blocked status. */
const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
  running: ['paused', ...TERMINAL_STATUSES],
  paused: ['running', 'cancelled'],
  not_ready: ['running', 'cancelled'],
  blocked_on_human: ['running', 'cancelled'],
  blocked_on_external: ['running', 'cancelled'],
  needs_more_budget: ['running', 'cancelled', 'not_ready'],
  failed_infra: ['running', 'cancelled'],
  ready: [],
  cancelled: [],
};

/** Exit code of a command that waited for a goal; `running` means that it goes on elsewhere. */
export const EXIT_CODES: Readonly<Record<Status, number>> = {
  running: 0,
  paused: 130,
  ready: 0,
  not_ready: 3,
  blocked_on_human: 4,
  blocked_on_external: 4,
  needs_more_budget: 5,
  failed_infra: 6,
  cancelled: 7,
};

export const isTerminal = (status: Status): status is TerminalStatus => status !== 'running' && status !== 'paused';
export const isFinal = (status: Status): boolean => TRANSITIONS[status].length === 0;
export const mayMove = (from: Status, to: Status): boolean => TRANSITIONS[from].includes(to);
