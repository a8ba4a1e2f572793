import { z } from 'zod';
import type { Place } from './checkout.ts';
import { must } from './command.ts';
import type { Judged } from './judged.ts';
import { omk } from './omk.ts';

const gap = z.looseObject({ code: z.string(), text: z.string() });

const result = z.looseObject({
  status: z.string(),
  levels: z.object({
    noRegression: z.boolean().nullable(),
    fixes: z.number(),
    guards: z.number(),
    contractUnchanged: z.boolean(),
  }),
  gaps: z.array(gap),
  question: z.looseObject({ text: z.string() }).nullable(),
  runs: z.looseObject({ all: z.number(), cached: z.number(), executedMs: z.number() }),
});

const short = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);

function parsed(out: string): z.infer<typeof result> | null {
  try {
    return result.parse(JSON.parse(out));
  } catch {
    return null;
  }
}

/** `omk judge <commit>~1..<commit>`, in a checkout that has it. */
export async function judgeCommit(place: Place, commit: string, limitMs: number): Promise<Judged> {
  const git = ['git', 'log', '-1', '--format=%s', commit] as const;
  const { out: subject } = await must(git, { cwd: place.checkout, env: place.env, limitMs: 60_000 });
  const ended = await omk(place, ['judge', '--json', `${commit}~1..${commit}`], limitMs);
  const said = parsed(ended.out);
  const error = short(ended.err.trim().split('\n').slice(-3).join(' '));
  return {
    commit,
    subject: short(subject).slice(0, 60),
    status: said?.status ?? (ended.code === null ? 'too late' : `exit ${ended.code}`),
    questions: said?.question ? 1 : 0,
    levels: said?.levels ?? null,
    causes: said ? said.gaps.map(({ code, text }) => short(`${code} ${text}`)) : [error],
    seconds: ended.seconds,
    gateRuns: said?.runs.all ?? 0,
    cachedRuns: said?.runs.cached ?? 0,
    gateSeconds: Math.round((said?.runs.executedMs ?? 0) / 10) / 100,
  };
}
