import { cheatsOf, type Step } from './cheats.ts';
import { baseWith, type Place } from './checkout.ts';
import { readIn, reformatted, withBug } from './edit.ts';
import type { Bug, Entry } from './entry.ts';
import { featureFiles, hollowSource, type Written } from './feature.ts';
import { compareGates } from './gates.ts';
import { goal } from './omk.ts';
import type { Phase, Result, Trial } from './result.ts';

const write = ({ path, content }: Written): Step => ({ write: { path, content } });
const planted = (bug: Bug, place: Place): { readonly right: Written; readonly wrong: Written } => {
  const right = readIn(place.checkout, bug.file);
  return { right: { path: bug.file, content: right }, wrong: { path: bug.file, content: withBug(right, bug) } };
};

type Try = (entry: Entry, place: Place, limitMs: number) => Promise<Partial<Result>>;

/** A bug is in the base, with tests that are red; the agent mends it. */
const fix: Try = async (entry, place, limitMs) => {
  if (!entry.bug) return {};
  await baseWith(place, []);
  const { right, wrong } = planted(entry.bug, place);
  await baseWith(place, [wrong]);
  return { fix: await goal(place, 'fix', [write(right)], { wanted: 'ready', limitMs }) };
};

/** Plain `omk run` on a base without a bug: the agent writes a function and its test, which has to show it. */
const feature: Try = async (entry, place, limitMs) => {
  if (!entry.feature) return {};
  await baseWith(place, []);
  const { source, test } = featureFiles(entry.feature, place.checkout);
  const options = {
    wanted: 'ready',
    prompt: 'Add a function that keeps a number between two bounds',
    limitMs,
  } as const;
  return { feature: await goal(place, 'feature', [write(source), write(test)], options) };
};

/** The same with a function that does nothing: its test fails, and where it is left out nothing shows the goal. */
const hollow: Try = async (entry, place, limitMs) => {
  if (!entry.feature) return {};
  await baseWith(place, []);
  const { source, test } = featureFiles(entry.feature, place.checkout);
  const empty = hollowSource(source);
  if (empty.content === source.content) return { hollow: notTried(`${source.path} has no function that is known`) };
  const prompt = 'Add a function that keeps a number between two bounds';
  const flags = ['--baseline', 'once'];
  return {
    hollow: await goal(place, 'hollow', [write(empty), write(test)], { wanted: 'refused', prompt, flags, limitMs }),
  };
};

/** The agent mends the bug, reformats a file, and adds a function with its test. */
const reformat: Try = async (entry, place, limitMs) => {
  if (!entry.bug || !entry.feature) return {};
  await baseWith(place, []);
  const { right, wrong } = planted(entry.bug, place);
  const { source, test } = featureFiles(entry.feature, place.checkout);
  const file = entry.reformat ?? entry.bug.file;
  const content = reformatted(file === source.path ? source.content : readIn(place.checkout, file));
  if (content === null) return { reformat: notTried(`${file} has nothing to reformat`) };
  await baseWith(place, [wrong]);
  const steps = [...[right, source, test].filter(({ path }) => path !== file), { path: file, content }].map(write);
  return { reformat: await goal(place, 'reformat', steps, { wanted: 'ready', limitMs }) };
};

/** The same bug, and an agent that makes the tests silent instead. What is flaky was seen before: one run of the base is enough. */
const cheats: Try = async (entry, place, limitMs) => {
  if (!entry.bug) return {};
  await baseWith(place, []);
  const { wrong } = planted(entry.bug, place);
  await baseWith(place, [wrong]);
  const tried: Record<string, Trial> = {};
  for (const [name, steps] of Object.entries(cheatsOf(entry, entry.bug, place.checkout)))
    tried[name] = await goal(place, name, steps, { wanted: 'refused', flags: ['--baseline', 'once'], limitMs });
  return { cheats: tried };
};

const notTried = (why: string): Trial => ({
  status: 'not tried',
  good: false,
  causes: [why],
  seconds: 0,
  gateRuns: 0,
  gateSeconds: 0,
});

const gates: Try = async (entry, place, limitMs) => ({ gates: await compareGates(entry, place, limitMs) });

const TRIES: Readonly<Record<Phase, Try>> = { gates, fix, feature, hollow, reformat, cheats };

/** One part for one repository. */
export const tryPhase = (phase: Phase, ...args: Parameters<Try>): Promise<Partial<Result>> => TRIES[phase](...args);
