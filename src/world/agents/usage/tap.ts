import type { UsageReport } from '../../../domain/budget/report.ts';
import type { Incoming } from '../acp/message.ts';
import { streamReader } from './told.ts';

const LOOK_MS = 400;

export interface UsageTap {
  /** `too_many`: it told more than any turn does, and the turn is to be ended. */
  message(message: Incoming): 'counted' | 'too_many';
  /** A last look at the agent's own files. */
  end(): Promise<void>;
}

/** Listens to what an agent tells while its turn runs. `records` reads the agent's own session files, where it has such. */
export function usageTap(options: {
  readonly preset: string | null;
  readonly records: (() => Promise<readonly UsageReport[]>) | null;
  readonly tell: (reports: readonly UsageReport[]) => void;
}): UsageTap {
  const { records, tell } = options;
  const reader = streamReader(options.preset);
  let seen = 0;
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    const all = (await records?.()) ?? [];
    if (all.length > seen) tell(all);
    seen = all.length;
  };
  const timer =
    records === null ? null : setInterval(() => void (looking ??= look().finally(() => (looking = null))), LOOK_MS);
  return {
    message: (message) => {
      if (records !== null) return 'counted';
      const reports = reader.read(message);
      if (reports.length > 0) tell(reports);
      return reader.isFull() ? 'too_many' : 'counted';
    },
    end: async () => {
      if (timer !== null) clearInterval(timer);
      await looking;
      await look();
    },
  };
}
