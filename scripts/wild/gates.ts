import { z } from 'zod';
import type { Place } from './checkout.ts';
import { baseWith } from './checkout.ts';
import { command, type Ended } from './command.ts';
import { add, countsOf } from './counts.ts';
import type { Entry } from './entry.ts';
import { omk } from './omk.ts';
import type { Counts, GatesResult } from './result.ts';

const verdicts = z.array(
  z.looseObject({
    gate: z.string(),
    required: z.boolean(),
    verdict: z.looseObject({ kind: z.string(), code: z.string().optional(), detail: z.string().optional() }),
    tests: z.looseObject({ passed: z.number(), failed: z.number(), skipped: z.number() }).nullable().optional(),
  }),
);

const told = (counts: Counts | null): string =>
  counts === null ? 'no counts' : `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;

async function byHand(
  entry: Entry,
  place: Place,
  limitMs: number,
): Promise<GatesResult['plain'] & { readonly why: string }> {
  const { setup, run } = entry.plain;
  const shell = (text: string): Promise<Ended> =>
    command(['sh', '-c', text], { cwd: place.checkout, env: place.env, limitMs });
  for (const each of setup) {
    const { code, out, err } = await shell(each);
    // Nothing can be compared.
    if (code !== 0) throw new Error(`${each}: exit ${code ?? 'too late'} ${lastLines(out + err)}`);
  }
  const first = await shell(run);
  // What is compiled once is not what a run takes.
  const again = first.code === 0 && first.seconds < 20 ? await shell(run) : first;
  return {
    code: first.code,
    seconds: Math.min(first.seconds, again.seconds),
    counts: countsOf(`${first.out}\n${first.err}`),
    why: lastLines(first.out + first.err),
  };
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' ').slice(-400);

/** The gates at HEAD beside the command a person would type: the same verdict and the same counts. */
export async function compareGates(entry: Entry, place: Place, limitMs: number): Promise<GatesResult> {
  await baseWith(place, []);
  const ended = await omk(place, ['gates', 'run', '--json', '--no-cache'], limitMs);
  const { why, ...plain } = await byHand(entry, place, limitMs);
  const parsed = ended.out.startsWith('[') ? verdicts.parse(JSON.parse(ended.out)) : null;
  const counted = parsed?.flatMap(({ tests }) => tests ?? []) ?? [];
  const counts =
    counted.length === 0
      ? null
      : counted.map(({ passed, failed, skipped }) => ({ passed, failed, skipped })).reduce(add);
  const { passed, failed, skipped } = entry.plain;
  // Neither side counts what is judged by exit code.
  const listed = passed + failed + skipped === 0 ? null : { passed, failed, skipped };
  const expected = plain.counts ?? listed;
  // What did not end, or said nothing, is like nothing.
  const isMeasured = plain.code !== null && ended.code !== null && parsed !== null;
  const green = ended.code === 0;
  const causes = [
    ...(parsed ?? []).flatMap(({ gate, verdict }) =>
      verdict.kind === 'pass'
        ? []
        : [`${gate}: ${verdict.code ?? verdict.kind} ${(verdict.detail ?? '').slice(0, 300)}`],
    ),
    ...(parsed === null || parsed.length === 0 ? [lastLines(ended.err) || 'no gates'] : []),
    ...(told(counts) === told(expected) ? [] : [`counts: omk ${told(counts)}; plain ${told(expected)}`]),
    ...(plain.code === 0 ? [] : [`plain: exit ${plain.code ?? 'too late'} ${why}`]),
  ];
  return {
    good: isMeasured && green === (plain.code === 0) && told(counts) === told(expected),
    plain,
    omk: { seconds: ended.seconds, counts, gates: (parsed ?? []).map(({ gate }) => gate) },
    causes,
  };
}
