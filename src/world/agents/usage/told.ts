import type { UsageReport } from '../../../domain/budget/report.ts';
import type { Incoming } from '../acp/message.ts';
import { costTotal } from './cost-total.ts';
import { lastCall } from './last-call.ts';
import { messageEnd } from './message-end.ts';
import { perChunk } from './per-chunk.ts';
import { quota } from './quota.ts';
import { report, type UsageReader } from './reader.ts';
import { resultLine } from './result-line.ts';
import { threadTotal } from './thread-total.ts';
import { turnSum } from './turn-sum.ts';

/**
 * What the stream of one turn tells, by the most exact way the agent uses: each call, the sum for each model, the sum
 * of the turn. Context size alone says nothing about what was used. The cost an agent tells stands beside them.
 */
export function streamReader(preset: string | null): StreamReader {
  const cost = costTotal();
  const calls = [perChunk(), threadTotal(), messageEnd()];
  const sums = preset === 'opencode' ? [lastCall()] : [quota(), turnSum(), resultLine()];
  let way: UsageReader | null = null;
  const read = (message: Incoming): readonly UsageReport[] => {
    for (const reader of way === null ? [...calls, ...sums] : [way]) {
      const reports = reader.read(message);
      if (reports.length === 0) continue;
      // What is told in two ways is counted in one.
      way = reader;
      return reports;
    }
    return [];
  };
  let left = MOST_REPORTS;
  return {
    isFull: () => left < 0,
    read: (message) => {
      if (left < 0) return [];
      const spent = cost.read(message);
      const used = read(message).map((each) => ({ ...each, costToldElsewhere: cost.told() }));
      const all = [...spent, ...used];
      left -= all.length;
      return left < 0 ? [...all, REST] : all;
    },
  };
}

/** No turn has as many model calls; an agent that floods must not fill the log. */
export const MOST_REPORTS = 10_000;

/** What is told after the most is not counted, which is said. */
const REST = report('rest', { inputTokens: null, cachedTokens: null, outputTokens: null }, { reporting: 'unknown' });

interface StreamReader extends UsageReader {
  /** More was told than is counted. */
  readonly isFull: () => boolean;
}
