import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { UsageReport } from '../../../domain/budget/report.ts';
import { failureOf, recordsOf } from './session-file.ts';

/** A session file over this many bytes is not read: it would take longer than a turn. */
const LARGEST = 256 * 1024 * 1024;
/** More records of one session are not counted: the log is not the agent's to fill. */
const MOST_RECORDS = 100_000;

/** Everything a kimi session and its subagents recorded, from `<home>/sessions/<workspace>/<session>/agents/<agent>/wire.jsonl`. */
export async function sessionRecords(home: string, session: string): Promise<readonly UsageReport[]> {
  if (basename(session) !== session || session.startsWith('.')) return [];
  const reports: UsageReport[] = [];
  for (const workspace of await names(join(home, 'sessions'))) {
    const agents = join(home, 'sessions', workspace, session, 'agents');
    for (const agent of (await names(agents)).toSorted()) {
      const file = join(agents, agent, 'wire.jsonl');
      const found = await stat(file).catch(() => null);
      if (found?.isFile() && found.size <= LARGEST)
        for (const record of recordsOf(await readFile(file, 'utf8').catch(() => ''), agent)) reports.push(record);
    }
  }
  return reports.slice(0, MOST_RECORDS);
}

const names = (directory: string): Promise<readonly string[]> => readdir(directory).catch(() => []);

/** What the last turn of a kimi session failed with; null when it did not, or when that cannot be read. */
export async function sessionFailure(home: string, session: string): Promise<string | null> {
  if (basename(session) !== session || session.startsWith('.')) return null;
  for (const workspace of await names(join(home, 'sessions'))) {
    const file = join(home, 'sessions', workspace, session, 'agents', 'main', 'wire.jsonl');
    const found = await stat(file).catch(() => null);
    if (found?.isFile() && found.size <= LARGEST) return failureOf(await readFile(file, 'utf8').catch(() => ''));
  }
  return null;
}
