import { divergences } from '../../test/support/replayed.ts';
import { afterApply, afterFault, afterwards } from './check.ts';
import { Bench, type Injection } from './bench.ts';

export type Kind = 'kill' | 'fault' | 'apply';

export interface Case {
  readonly kind: Kind;
  readonly injection: Injection;
  /** Of `apply`: also merged. */
  readonly merge: boolean;
}

export interface Result {
  readonly of: Case;
  /** The call before which it was, as the hook names it. */
  readonly point: string;
  readonly wrong: readonly string[];
}

export interface Points {
  readonly run: number;
  /** The first of a run after its goal ended: its folder and its proof are written from there on. */
  readonly ended: number;
  readonly apply: number;
  readonly merge: number;
}

/** How many calls there are to stop at. */
export async function countPoints(): Promise<Points> {
  const bench = new Bench();
  try {
    const calls = await traceOf(bench, () => bench.run({ at: null, how: 'kill' }));
    bench.save();
    const apply = await traceOf(bench, () => bench.omk(applyArgs(false), { at: null, how: 'kill' }));
    bench.restore();
    const merge = await traceOf(bench, () => bench.omk(applyArgs(true), { at: null, how: 'kill' }));
    const ended = 1 + calls.findIndex((call) => call.startsWith('mkdir ') && call.includes('/state/goals/'));
    return { run: calls.length, ended, apply: apply.length, merge: merge.length };
  } finally {
    bench.remove();
  }
}

async function traceOf(
  bench: Bench,
  work: () => Promise<{ code: number | null; err: string }>,
): Promise<readonly string[]> {
  const { code, err } = await work();
  if (code !== 0) throw new Error(`does not work without a crash either: ${err}`);
  return bench.trace();
}

/** Points spread evenly over all there are; faults are half once and half lasting, half of each error. */
export function casesFor(points: Points, wanted: Readonly<Record<Kind, number>>): readonly Case[] {
  const kills = spread(points.run, wanted.kill).map((at): Case => plain('kill', { at, how: 'kill' }));
  const faults = spread(points.run, Math.ceil(wanted.fault / 2)).flatMap((at, index): Case[] => {
    const lasting = index % 2 === 1;
    return (['EIO', 'ENOSPC'] as const).map((how) => plain('fault', { at, how, lasting }));
  });
  const half = Math.ceil(wanted.apply / 2);
  const applies = [
    ...spread(points.apply, half).map((at): Case => plain('apply', { at, how: 'kill' })),
    ...spread(points.merge, half).map((at): Case => ({ ...plain('apply', { at, how: 'kill' }), merge: true })),
  ];
  return [...kills, ...faults, ...applies];
}

const plain = (kind: Kind, injection: Injection): Case => ({ kind, injection, merge: false });

/** Numbers from 1 to `of`, as many as asked for or all. */
const spread = (of: number, wanted: number): readonly number[] =>
  wanted >= of
    ? Array.from({ length: of }, (_, index) => index + 1)
    : Array.from({ length: wanted }, (_, index) => 1 + Math.floor((index * of) / wanted));

export async function tryCase(of: Case): Promise<Result> {
  const bench = new Bench();
  try {
    return of.kind === 'apply' ? await tryApply(bench, of) : await tryRun(bench, of);
  } finally {
    bench.remove();
  }
}

async function tryRun(bench: Bench, of: Case): Promise<Result> {
  const ran = await bench.run(of.injection);
  const point = bench.trace()[(of.injection.at ?? 1) - 1] ?? 'not reached';
  const first = of.kind === 'fault' ? await afterFault(bench, ran) : [];
  const then = await afterwards(bench);
  return { of, point: withoutPlaces(point, bench), wrong: [...first, ...then, ...(await madeAgain(bench, of.kind))] };
}

/** What processes left of a recording makes the same log; a disk that failed may have cut it off, which is said. */
async function madeAgain({ state }: Bench, kind: Kind): Promise<readonly string[]> {
  const found = await divergences(state);
  return kind === 'fault' ? found.filter((each) => !each.includes(': not_replayable: ')) : found;
}

async function tryApply(bench: Bench, of: Case): Promise<Result> {
  const ready = await bench.run();
  if (ready.code !== 0) return { of, point: 'run', wrong: [`the run failed: ${ready.err}`] };
  await bench.omk(applyArgs(of.merge), of.injection);
  const point = bench.trace()[(of.injection.at ?? 1) - 1] ?? 'not reached';
  return { of, point: withoutPlaces(point, bench), wrong: await afterApply(bench, applyArgs(of.merge), of.merge) };
}

const withoutPlaces = (point: string, { dir }: Bench): string => point.replaceAll(dir, '').slice(0, 100);

const applyArgs = (merge: boolean): readonly string[] => [
  'goal',
  'apply',
  '--json',
  '--branch',
  'result',
  ...(merge ? ['--merge'] : []),
];
