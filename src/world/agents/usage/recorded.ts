import { isRecord } from '../../../domain/record.ts';
import { readFile } from 'node:fs/promises';
import type { UsageReport } from '../../../domain/budget/report.ts';
import { sortMessage } from '../acp/message.ts';
import { streamReader } from './told.ts';

/** What a recorded turn told, from its prompt on: the same reports with the same names as while it ran. */
export async function recordedUsage(streamFile: string, preset: string | null): Promise<readonly UsageReport[]> {
  const content = await readFile(streamFile, 'utf8').catch(() => '');
  const reader = streamReader(preset);
  let prompting = false;
  return content.split('\n').flatMap((line) => {
    const { dir, msg } = lineOf(line);
    if (dir === 'client->agent' && isRecord(msg) && msg['method'] === 'session/prompt') prompting = true;
    return prompting && dir === 'agent->client' ? reader.read(sortMessage(msg)) : [];
  });
}

function lineOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
