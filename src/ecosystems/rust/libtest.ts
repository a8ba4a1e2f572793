import * as z from 'zod/mini';
import { collector, invalidReport, type Outcome } from '../../world/gates/readers/outcomes.ts';
import type { ReadResult } from '../../world/gates/readers/port.ts';

/** What `cargo-test/cargo-test.sh` says before each program. */
const place = z.object({
  omk: z.enum(['program', 'documentation']),
  package: z.string(),
  program: z.optional(z.string()),
  order: z.optional(z.literal('shuffled')),
});
/** Of libtest: https://doc.rust-lang.org/test, format of `--format json`. */
const event = z.object({
  type: z.string(),
  event: z.optional(z.string()),
  name: z.optional(z.string()),
  stdout: z.optional(z.string()),
  test_count: z.optional(z.number()),
  passed: z.optional(z.number()),
  failed: z.optional(z.number()),
  ignored: z.optional(z.number()),
  /** Benchmarks that were run as such. */
  measured: z.optional(z.number()),
});
type Event = z.infer<typeof event>;
export type Place = z.infer<typeof place>;

interface Suite {
  readonly at: Place;
  readonly count: number;
  /** Null while the test is running. */
  readonly tests: Map<string, Outcome | null>;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = { ok: 'passed', failed: 'failed', ignored: 'skipped' };

/**
 * The tests in the events of one or several programs. `idOf` makes the id of a test, whose name comes without the line it stands in;
 * `nowhere` is the place of programs that nothing was said before, null where that is an error.
 */
export function readLibtest(
  text: string,
  idOf: (at: Place, name: string) => string,
  nowhere: Place | null = null,
): ReadResult {
  const suites: Suite[] = [];
  let at: Place | null = nowhere;
  let open: Suite | null = null;
  for (const row of text.split('\n')) {
    // What tests print past the capture of libtest stands between the events.
    if (!/^\s*\{/.test(row)) continue;
    const value = json(row);
    const here = place.safeParse(value).data;
    if (here !== undefined) {
      at = here;
      open = null;
      continue;
    }
    const found = event.safeParse(value).data;
    if (found === undefined) continue;
    if (found.type === 'suite' && found.event === 'started') {
      if (at === null || open !== null || found.test_count === undefined)
        return invalidReport('a program of tests begins in another one');
      open = { at, count: found.test_count, tests: new Map() };
      suites.push(open);
    } else if (found.type === 'suite') {
      const wrong: string | null =
        open === null ? 'a program of tests ends without having begun' : whyNotEnded(open, found);
      if (wrong !== null) return invalidReport(wrong);
      open = null;
    } else if (found.type === 'bench' || (found.type === 'test' && found.event !== 'timeout')) {
      // A benchmark has no word for its end, only its figures.
      const ended = found.type === 'bench' ? { ...found, event: 'ok' } : found;
      const wrong: string | null = open === null ? `"${found.name}" is of no program` : whyNotAdded(open, ended);
      if (wrong !== null) return invalidReport(wrong);
    }
  }
  if (at === null || (suites.length === 0 && nowhere !== null))
    return { kind: 'unreadable', why: 'missing', detail: 'no program of tests was started' };
  const result = outcomesOf(suites, idOf);
  // A program with one test has no order, and that of documentation is as it is.
  const shuffled = suites.some(isShuffled) && suites.every((each) => isShuffled(each) || !hasOrder(each));
  return result.kind === 'tests' && shuffled ? { ...result, reordered: true } : result;
}

const isShuffled = ({ at }: Suite): boolean => at.order === 'shuffled';
const hasOrder = ({ at, count }: Suite): boolean => at.omk === 'program' && count > 1;

/** A test begins once and ends once. */
function whyNotAdded({ tests }: Suite, { name = '', event: happened = '' }: Event): string | null {
  const known = tests.get(name);
  if (happened === 'started') {
    tests.set(name, null);
    return known === undefined ? null : `"${name}" starts twice`;
  }
  const outcome = OUTCOMES[happened];
  if (outcome === undefined || known !== null) return `"${name}" ends without having started, or twice`;
  tests.set(name, outcome);
  return null;
}

/** The count at the end has to be the count of the tests: a line too many or too few was not written by libtest. */
function whyNotEnded({ at, count, tests }: Suite, end: Event): string | null {
  const of = (outcome: Outcome): number => [...tests.values()].filter((each) => each === outcome).length;
  const same =
    tests.size === count &&
    of('passed') === (end.passed ?? 0) + (end.measured ?? 0) &&
    of('failed') === end.failed &&
    of('skipped') === end.ignored;
  return same ? null : `the tests of ${at.program ?? at.package} are not as many as it says itself`;
}

function outcomesOf(suites: readonly Suite[], idOf: (at: Place, name: string) => string): ReadResult {
  const tests = collector();
  for (const { at, count, tests: found } of suites) {
    const names = [...found].sort(([a], [b]) => lineOf(a) - lineOf(b) || (a < b ? -1 : 1));
    for (const [name, outcome] of names) tests.add(idOf(at, withoutLine(name)), outcome ?? 'failed');
    // Ended in the middle: what was running is at fault, and if nothing was, the program never came to its tests.
    if (found.size < count && !names.some(([, outcome]) => outcome === null))
      return invalidReport(`the tests of ${at.program ?? at.package} break off`);
  }
  return tests.result();
}

/** Tests in documentation are named by their line, which moves with everything above it; their order stays. */
const LINE = / \(line (\d+)\)/;
const lineOf = (name: string): number => Number(LINE.exec(name)?.[1] ?? 0);
const withoutLine = (name: string): string => name.replace(LINE, '');

function json(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return null;
  }
}

/** A line as people know it from libtest; null for what they do not need to see. */
export function shownLibtest(row: string): string | null {
  if (!/^\s*\{/.test(row)) return row;
  const value = json(row);
  const found = event.safeParse(value).data;
  if (value === null || (found === undefined && !place.safeParse(value).success)) return row;
  if (found?.type !== 'test' || found.event === undefined || found.event === 'started') return null;
  const line = `test ${found.name} ... ${found.event}`;
  return found.event === 'failed' && found.stdout ? `${line}\n${found.stdout.trimEnd()}` : line;
}
