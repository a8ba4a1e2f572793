import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Step } from './cheats.ts';
import type { Place } from './checkout.ts';
import { command, type Ended } from './command.ts';
import type { Trial } from './result.ts';

const OMK = join(import.meta.dirname, '..', '..', 'bin', 'omk.js');

export const omk = (place: Place, args: readonly string[], limitMs: number): Promise<Ended> =>
  command([process.execPath, OMK, ...args], { cwd: place.checkout, env: place.env, limitMs });

const line = z.looseObject({
  type: z.string().optional(),
  status: z.string().optional(),
  data: z
    .looseObject({
      gaps: z.array(z.looseObject({ kind: z.string(), code: z.string(), text: z.string() })).optional(),
      durationMs: z.number().optional(),
      cached: z.unknown().optional(),
      text: z.string().optional(),
    })
    .optional(),
});
type Line = z.infer<typeof line>;

function linesOf(out: string): readonly Line[] {
  return out.split('\n').flatMap((text) => {
    if (!text.startsWith('{')) return [];
    const parsed = line.safeParse(JSON.parse(text));
    return parsed.success ? [parsed.data] : [];
  });
}

const short = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 400);

function causesOf(lines: readonly Line[], ended: Ended): readonly string[] {
  const gaps = lines.findLast(({ type }) => type === 'goal.ended')?.data?.gaps ?? [];
  const blocking = gaps.filter(({ kind }) => kind === 'blocking').map(({ code, text }) => short(`${code} ${text}`));
  return blocking.length > 0 ? blocking.slice(0, 5) : [short(ended.err.trim().split('\n').slice(-3).join(' '))];
}

interface GoalOptions {
  readonly wanted: 'ready' | 'refused';
  readonly prompt?: string;
  readonly flags?: readonly string[];
  readonly limitMs: number;
}

/** One goal with an agent that does these steps and says that it is done. */
export async function goal(
  place: Place,
  name: string,
  steps: readonly Step[],
  { wanted, prompt = 'Make the failing tests pass', flags = [], limitMs }: GoalOptions,
): Promise<Trial> {
  const scenarios = join(place.dir, 'scenarios');
  mkdirSync(scenarios, { recursive: true });
  const file = join(scenarios, `${name.replaceAll(' ', '-')}.json`);
  writeFileSync(file, JSON.stringify({ turns: [{ steps: [...steps, { say: 'Done.' }] }], then: 'say_done' }));
  const limits = ['--max-attempts', '1', '--max-turns', '2'];
  const argv = ['run', '--json', '--agent', `scripted:${file}`, ...limits, ...flags, prompt];
  const ended = await omk(place, argv, limitMs);
  const lines = linesOf(ended.out);
  const status = lines.at(-1)?.status ?? (ended.code === null ? 'too late' : `exit ${ended.code}`);
  const ready = status === 'ready';
  const executed = lines.filter(({ type, data }) => type === 'gate.measured' && data?.cached === undefined);
  const refused = ['not_ready', 'blocked_on_human'].includes(status);
  return {
    status,
    good: wanted === 'ready' ? ready : refused,
    causes: ready ? [] : [...causesOf(lines, ended)],
    seconds: ended.seconds,
    gateRuns: executed.length,
    gateSeconds: Math.round(executed.reduce((sum, { data }) => sum + (data?.durationMs ?? 0), 0) / 10) / 100,
  };
}
