import type { Analysis } from './analysis.ts';
import { passesOn, programOf, scriptCall } from './manifest-scripts.ts';
import { READERS } from '../readers/all.ts';
import { recognise, runnersOf } from './runner.ts';
import type { Runner } from './analysis.ts';
import { scan } from './scan.ts';
import { MOST_STEPS, stepsOf, type Context, type Step } from './steps.ts';

/** Nothing after the last command that would take the arguments away from it. */
const ENDS_WITH_WORD = /^[^#]*[\w.'"/=:@+-]$/;

/** Whether a file that is given to an interpreter is this runner, by its content. */
export type Shows = (runner: Runner) => boolean;

/** Files given to an interpreter that would be a runner if their content shows it. */
export const entriesOf = (argv: readonly string[], context: Context): readonly string[] =>
  stepsOf(argv, context).flatMap(({ words }) => runnersOf(words).flatMap(({ entry }) => entry?.path ?? []));

/**
 * Finds the test runner behind an argv, looking into `sh -c`, package scripts, what they call, and targets of make. Where there are
 * several, the one that is started most often is read, the first of those; the others are believed by the exit code.
 */
export function analyse(argv: readonly string[], context: Context, shows: Shows = () => true): Analysis | null {
  const steps = stepsOf(argv, context);
  if (steps.length >= MOST_STEPS) return null;
  const runners = steps.map(
    ({ words }) => runnersOf(words).find((each) => each.entry === undefined || shows(each)) ?? null,
  );
  const chosen = mostStarted(steps, runners);
  if (chosen === null) return null;
  const mine = runners.filter((each) => each?.reader === chosen.reader);
  const sets = [...new Set(mine.flatMap((each) => each?.sets ?? []))];
  const args = mine.flatMap((each) => each?.args ?? []);
  const entries = mine.flatMap((each) => each?.entry?.path ?? []);
  const last = mine.length === 1 && runners.at(-1) === chosen;
  return {
    runner: { ...chosen, args, sets },
    runs: mine.length,
    ...(entries.length === 0 ? {} : { entries }),
    append: last && chosen.behindTool !== true ? appendTo(argv, context) : 'no',
    beside: steps.filter((_, index) => runners[index]?.reader !== chosen.reader).map(({ words }) => words.join(' ')),
  };
}

/** Of runners that are started together it cannot be told whose report is whose. */
function mostStarted(steps: readonly Step[], runners: readonly (Runner | null)[]): Runner | null {
  const groups = Map.groupBy(
    runners.flatMap((runner, index) => (runner === null ? [] : [{ runner, parallel: steps[index]?.parallel }])),
    ({ runner }) => runner.reader,
  );
  const readable = [...groups.values()].filter(
    (group) => group.length === 1 || (isReadOften(group) && group.every(({ parallel }) => !parallel)),
  );
  return readable.sort((a, b) => b.length - a.length)[0]?.[0]?.runner ?? null;
}

const isReadOften = ([first]: readonly { readonly runner: Runner }[]): boolean =>
  READERS.some(({ name, several }) => name === first?.runner.reader && several === true);

const APPENDS = { divided: 'divided', end: 'script', no: 'no' } as const;

function appendTo(argv: readonly string[], { scripts }: Context): Analysis['append'] {
  const called = scriptCall(argv);
  if (called !== null) {
    const handed = passesOn(argv);
    if (handed === null || !Object.hasOwn(scripts, called.name)) {
      const program = programOf(argv, called, scripts);
      return program !== null && recognise(program) !== null ? 'script' : 'no';
    }
    const how = APPENDS[handed];
    return endsWithRunner(scripts[called.name] ?? '') ? how : 'no';
  }
  const text = argv.length === 3 && (argv[0] === 'sh' || argv[0] === 'bash') && argv[1] === '-c' ? argv[2] : undefined;
  if (text !== undefined) return endsWithRunner(text) && ENDS_WITH_WORD.test(text) ? 'shell' : 'no';
  if (runnersOf(argv).length === 0) return 'no';
  return passesOn(argv) === 'divided' ? 'divided' : 'direct';
}

const endsWithRunner = (text: string): boolean => {
  const last = scan(text).commands.at(-1);
  return last !== undefined && runnersOf(last).length > 0;
};

/** The package script an argv runs: `npm test`, `npm run x`, `pnpm x`, `yarn x`; null for anything else. */
export const scriptName = (argv: readonly string[]): string | null => scriptCall(argv)?.name ?? null;
