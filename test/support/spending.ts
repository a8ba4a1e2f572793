import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event, Machine } from './machine.ts';

/** A step of the scripted agent that tells of its usage. */
export const call = (input: number, output: number, more: object = {}): unknown => ({
  usage: { input, output, told: 'call', ...more },
});

/** The failure a goal ended with; of strings, empty where there is none. */
export function failureOf(events: readonly Event[]): { readonly code: string; readonly text: string } {
  const failure = JSON.parse(JSON.stringify(last(events, 'goal.ended')?.['failure'] ?? {}));
  return { code: String(failure.code ?? ''), text: String(failure.text ?? '') };
}

/** The data of the last event of a type. */
export const last = (events: readonly Event[], type: string): Readonly<Record<string, unknown>> | undefined =>
  events.findLast((event) => event.type === type)?.data;

/** What the signed statement about the budgets says. */
export function signed(
  state: string,
  goal: string,
): {
  readonly overshoot: { readonly tokens: { readonly per: string; readonly atMost: string } };
  readonly checkpoints: readonly { readonly label: string }[];
} {
  const envelope = JSON.parse(readFileSync(join(state, 'goals', goal, 'proof', 'budget.dsse.json'), 'utf8'));
  return JSON.parse(Buffer.from(String(envelope.payload), 'base64').toString()).predicate;
}

/** The goal that was begun last. */
export async function newest(m: Machine): Promise<string> {
  return JSON.parse((await m.omk(['goal', 'status', '--json'])).out).goal;
}
