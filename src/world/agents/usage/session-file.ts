import { isRecord } from '../../../domain/record.ts';
import type { UsageReport } from '../../../domain/budget/report.ts';
import { count, report, text } from './reader.ts';

/**
 * `usage.record` lines of a kimi session file, one for each model call. The place of the record in the file names it,
 * because the file only grows; `agent` keeps the files of subagents apart. Half a line at the end is left for later.
 */
export function recordsOf(content: string, agent: string): readonly UsageReport[] {
  const lines = content.split('\n').slice(0, -1);
  const records = lines.filter((line) => line.includes('"usage.record"')).map(parsed);
  return records.flatMap((record, index) => {
    if (record?.['type'] !== 'usage.record' || !isRecord(record['usage'])) return [];
    const { usage } = record;
    const fresh = count(usage['inputOther']);
    const read = count(usage['inputCacheRead']) ?? 0;
    const written = count(usage['inputCacheCreation']) ?? 0;
    const tokens = {
      inputTokens: fresh === null ? null : fresh + read + written,
      cachedTokens: read + written,
      outputTokens: count(usage['output']),
    };
    return [
      report(`${agent}:${index + 1}`, tokens, { scope: 'session', reporting: 'call', model: text(record['model']) }),
    ];
  });
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** What the last turn of a session file failed with, in its own words; null when it did not. The protocol calls such a turn ended. */
export function failureOf(content: string): string | null {
  const line = content
    .split('\n')
    .slice(0, -1)
    .findLast((each) => each.includes('"type":"turn.ended"'));
  const ended = line === undefined ? null : parsed(line);
  if (ended?.['reason'] !== 'failed' || !isRecord(ended['error'])) return null;
  const { code, message } = ended['error'];
  return [code, message].filter((part) => typeof part === 'string').join(': ') || 'no reason given';
}
