import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldsOf, number, text, type AncestorEvent, type AncestorGoal, type Fields } from './goal.ts';
import type { GoalId } from '../../domain/ids.ts';

/** A goal from its folder; null when there is no `goal.json` to read. */
export async function readFolder(dir: string, goal: GoalId): Promise<AncestorGoal | null> {
  const state = parse(await content(dir, 'goal.json'));
  if (state === null) return null;
  const events = lines((await content(dir, 'events.jsonl')) || (await content(dir, 'event-log.jsonl')));
  const checkpoint = lines(await content(dir, 'budget-checkpoints.jsonl')).read.at(-1) ?? null;
  return {
    goal,
    text: text(state['original_goal']) ?? text(state['normalized_goal']) ?? '',
    status: text(state['status']) ?? 'unknown',
    phase: text(state['phase']),
    createdAt: text(state['created_at']),
    updatedAt: text(state['updated_at']),
    budget: {
      time: text(state['budget_time']),
      tokens: number(state['budget_tokens']),
      usd: number(state['budget_usd']),
    },
    spent: checkpoint && {
      secs: number(checkpoint['elapsed_since_created_secs']),
      tokens: number(checkpoint['used_tokens']),
      usd: number(checkpoint['estimated_cost_usd']),
    },
    events: events.read.map(eventOf),
    unreadable: events.unreadable,
  };
}

const content = (dir: string, name: string): Promise<string> => readFile(join(dir, name), 'utf8').catch(() => '');

function parse(line: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(line));
  } catch {
    return null;
  }
}

function lines(file: string): { readonly read: readonly Fields[]; readonly unreadable: number } {
  const parsed = file
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);
  const read = parsed.filter((each) => each !== null);
  return { read, unreadable: parsed.length - read.length };
}

const eventOf = (line: Fields): AncestorEvent => ({
  ts: text(line['ts']),
  kind: text(line['kind']) ?? 'unknown',
  actor: text(line['actor']),
  payload: line['payload'] ?? null,
});
