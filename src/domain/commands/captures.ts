import { blocks, known, type Gap } from '../goal/gap.ts';
import { currentSnapshot, type GoalState } from '../goal/state.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { keepsBehaviour, type Criterion, type GoalClass } from '../plan/plan.ts';
import { runsOf } from '../contract/languages.ts';
import { nameOf, type Capture, type CommandRun, type Observed, type Part } from '../plan/command.ts';

type OfCaptures = Extract<Criterion, { kind: 'captures' }>;

export const CAPTURES = 'captures';
/** On the base under two conditions; the candidate must do the same under both. */
const ROUNDS = [1, 2] as const;
const MOST_TOLD = 3;

const capturesOf = ({ created }: GoalState): readonly Capture[] => created?.options.captures ?? [];

const baseOf = ({ created }: GoalState): TreeId => created?.repository.tree ?? '';

/** Those of the criteria that are looked at; before there is a plan, all. */
function placesOf(state: GoalState): readonly number[] {
  const all = capturesOf(state).map((_each, place) => place);
  if (!state.plan || all.length === 0) return all;
  const own = new Set(state.plan.criteria.flatMap((each) => (each.kind === 'captures' ? each.places : [])));
  return all.filter((place) => own.has(place));
}

const observedOf = ({ observed }: GoalState, place: number, tree: TreeId, round: number): Observed | undefined =>
  observed.find((each) => each.of === 'capture' && each.place === place && each.tree === tree && each.round === round);

/** What is still to run in a tree. `heldBack`: of those that the agent is not told of, else of the others; null: of all. */
export const capturesWanted = (state: GoalState, tree: TreeId, heldBack: boolean | null): readonly CommandRun[] =>
  placesOf(state)
    .filter((place) => heldBack === null || (capturesOf(state)[place]?.heldBack === true) === heldBack)
    .flatMap((place) =>
      ROUNDS.filter((round) => observedOf(state, place, tree, round) === undefined).map((round): CommandRun => ({
        of: 'capture',
        place,
        tree,
        round,
      })),
    );

/** What cannot be compared with anything: a sentence for each command. Empty: all can be, or are left out as nobody named them. */
export const unfitCaptures = (state: GoalState): readonly string[] =>
  capturesOf(state).flatMap((capture, place) => (capture.found === true ? [] : (whyUnfit(state, place) ?? [])));

/** Captures that omk found and with which something can be compared, and all that were named. */
export const fitPlaces = (state: GoalState, places: readonly number[]): readonly number[] =>
  places.filter((place) => {
    const { found, trial } = capturesOf(state)[place] ?? {};
    return trial !== true && (found !== true || whyUnfit(state, place) === null);
  });

function whyUnfit(state: GoalState, place: number): string | null {
  const capture = capturesOf(state)[place];
  const [first, second] = ROUNDS.map((round) => observedOf(state, place, baseOf(state), round));
  if (!capture || !first || !second) return null;
  const failed = whyNotRun(first) ?? whyNotRun(second);
  if (capture.trial === true) return isGreen(first) ? null : whyNoTrial(capture, first);
  if (failed !== null) return `\`${capture.run}\` ${failed} on the base`;
  const loose = looseFiles(state, place);
  const other = differing(capture, first, second).filter((name) => !loose.includes(name));
  return other.length === 0
    ? null
    : `\`${capture.run}\` is not the same in two runs on the base: ${difference(other[0], first, second)}`;
}

const isGreen = ({ run: { outcome } }: Observed): boolean => outcome.kind === 'exited' && outcome.code === 0;

/** Said before an agent is paid for a program that nothing here can run. */
function whyNoTrial({ run }: Capture, { parts, run: { tools } }: Observed): string {
  const said = textOf(parts, 'stderr')
    ?.split('\n')
    .find((line) => /error|cannot|not found|unknown/i.test(line));
  const why = said ? ` (${said.trim().slice(0, 200)})` : '';
  const needs = runsOf(run)?.needs;
  const here = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  const wanted =
    needs === undefined ? '' : `; it needs ${needs}${here.length > 0 ? ` (here: ${here.join(', ')})` : ''}`;
  return `\`${run}\`, a program that does nothing, cannot be run here, so nothing like it could be compared${why}${wanted}`;
}

/** Exit codes with which a shell says that there is no such command. */
const NO_COMMAND = new Set([126, 127]);

function whyNotRun({ run }: Observed): string | null {
  const { outcome } = run;
  if (outcome.kind === 'exited')
    return NO_COMMAND.has(outcome.code) ? `cannot be run (exit code ${outcome.code})` : null;
  if (outcome.kind === 'timed_out') return `does not end in ${outcome.afterMs / 1000} s`;
  if (outcome.kind === 'signalled') return `is ended by ${outcome.signal}`;
  return `cannot be run: ${outcome.detail}`;
}

/** Names of what is not the same. What only one of them left counts where files were looked for in both. */
function differing({ stderr }: Capture, one: Observed, other: Observed): readonly string[] {
  const more = one.wrote && other.wrote ? other.parts : [];
  const names = new Set([...one.parts, ...more].map(({ name }) => name));
  return [...names]
    .filter((name) => stderr !== false || name !== 'stderr')
    .filter((name) => digestOf(one, name) !== digestOf(other, name));
}

const digestOf = ({ parts }: Observed, name: string): string | undefined =>
  parts.find((each) => each.name === name)?.blob.sha256;

/** Files that nobody named and that two runs on the base leave otherwise: nothing can be said of them. */
function looseFiles(state: GoalState, place: number): readonly RepoPath[] {
  const [capture, first, second] = [
    capturesOf(state)[place],
    ...ROUNDS.map((round) => observedOf(state, place, baseOf(state), round)),
  ] as const;
  if (!capture || !first || !second) return [];
  const unnamed = new Set([...(first.wrote ?? []), ...(second.wrote ?? [])]);
  return differing(capture, first, second).filter((name) => unnamed.has(name));
}

/** What is not the same in the tree that is judged as on the base; null while it is not known. */
function changedIn(state: GoalState, place: number, tree: TreeId): readonly string[] | null {
  const capture = capturesOf(state)[place];
  if (!capture) return null;
  const all: string[] = [];
  const loose = looseFiles(state, place);
  for (const round of ROUNDS) {
    const before = observedOf(state, place, baseOf(state), round);
    const now = observedOf(state, place, tree, round);
    if (!before || !now) return null;
    const failed = whyNotRun(now);
    if (failed !== null) all.push(failed);
    else
      all.push(
        ...differing(capture, before, now)
          .filter((name) => !loose.includes(name))
          .map((name) => difference(name, before, now)),
      );
  }
  return [...new Set(all)];
}

/** Of a criterion, what the tree that is judged does otherwise than the base. What is held back is not named. */
export function captureGaps(state: GoalState, { id, places }: OfCaptures): readonly Gap[] {
  const tree = currentSnapshot(state)?.candidate ?? '';
  const all = places.map((place) => ({ capture: capturesOf(state)[place], changed: changedIn(state, place, tree) }));
  const seen = all.flatMap(({ capture, changed }) =>
    capture && capture.heldBack !== true && changed?.[0] !== undefined ? [`${nameOf(capture)}: ${changed[0]}`] : [],
  );
  const hidden = all.filter(({ capture, changed }) => capture?.heldBack === true && (changed ?? []).length > 0).length;
  const more = seen.length > MOST_TOLD ? [`${seen.length - MOST_TOLD} more`] : [];
  const said = [
    ...seen.slice(0, MOST_TOLD),
    ...more,
    ...(hidden > 0 ? [`${hidden} that the agent is not told of`] : []),
  ];
  if (said.length > 0)
    return [blocks('G_CAPTURE', id, `commands do not do what they did before: ${said.join('; ')}`, 'omk goal resume')];
  return all.some(({ changed }) => changed === null)
    ? [blocks('G_GATE_PENDING', CAPTURES, `criterion ${id}: its commands have not run`, 'omk goal resume')]
    : [];
}

/** Done without commands that do the same, these leave more open than a refactoring, of which the tests of the base remain. */
const isCaptured = (is: GoalClass | undefined): boolean => keepsBehaviour(is) && is !== 'refactor';

/** What the captures leave open. */
export function captureLimits(state: GoalState): readonly Gap[] {
  const all = placesOf(state).flatMap((place) => capturesOf(state)[place] ?? []);
  if (all.length === 0) return isCaptured(state.plan?.class) ? [known('K_NOT_CAPTURED', CAPTURES, whyNone(state))] : [];
  const loose = [...new Set(placesOf(state).flatMap((place) => looseFiles(state, place)))];
  const open = state.observed.find(({ of, run }) => of === 'capture' && run.sandbox.kind === 'none')?.run.sandbox;
  const found = all.filter((each) => each.found === true).length;
  return [
    ...(found > 0
      ? [
          known(
            'K_CAPTURES_FOUND',
            CAPTURES,
            `omk chose ${found} commands that were compared, from README and entry points; what others do is not shown`,
          ),
        ]
      : []),
    ...(all.some(({ heldBack }) => heldBack)
      ? []
      : [known('K_CAPTURES_IN_SIGHT', CAPTURES, 'the agent was told every command that had to do the same')]),
    ...(all.some(({ mask = [], stderr }) => mask.length > 0 || stderr === false)
      ? [known('K_CAPTURES_MASKED', CAPTURES, 'parts of what the commands print were not compared, as was asked for')]
      : []),
    ...(loose.length > 0
      ? [
          known(
            'K_CAPTURES_MASKED',
            CAPTURES,
            `files that two runs on the base leave otherwise were not compared: ${loose.slice(0, 5).join(', ')}`,
          ),
        ]
      : []),
    ...(open?.kind === 'none'
      ? [known('K_NOT_SANDBOXED', CAPTURES, `the commands ran without a sandbox: ${open.why}`)]
      : []),
  ];
}

const whyNone = (state: GoalState): string =>
  capturesOf(state).length === 0
    ? `no command was compared: --class ${state.plan?.class ?? 'port'} was asked for without --capture`
    : 'no command was compared: those that omk found cannot be run on the base, or do not do the same twice';

/** What a part is and was, in a few words. */
function difference(name: string | undefined, before: Observed, now: Observed): string {
  const was = textOf(before.parts, name);
  const is = textOf(now.parts, name);
  if (name === 'exit') return `exit code ${is}, was ${was}`;
  if (was === null || is === null) return `${name} is ${is === null ? 'not there any more' : 'there, and was not'}`;
  const olds = was.split('\n');
  const news = is.split('\n');
  const line = news.findIndex((text, index) => text !== olds[index]);
  const at = line < 0 ? Math.min(olds.length, news.length) : line;
  const [one, other] = [olds[at], news[at]];
  return one === other ? `${name} differs` : `${name} line ${at + 1} is ${quoted(other)}, was ${quoted(one)}`;
}

const textOf = (parts: readonly Part[], name: string | undefined): string | null =>
  parts.find((each) => each.name === name)?.head ?? null;

const quoted = (text: string | undefined): string => (text === undefined ? 'missing' : `"${text.slice(0, 80)}"`);
