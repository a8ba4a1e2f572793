import type { JudgedGate, JudgeResult } from '../../../app/judge/judge.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { many } from './many.ts';

const SAYS: Partial<Record<JudgeResult['status'], string>> = {
  ready: 'ready',
  not_ready: 'not ready',
  blocked_on_human: 'a person must decide',
  blocked_on_external: 'could not be judged here',
  failed_infra: 'could not be judged',
  paused: 'stopped',
};

export const verdictWords = ({ status }: JudgeResult): string => SAYS[status] ?? status.replaceAll('_', ' ');

/** What is shown, as a list of short phrases. */
export function levelWords({ levels, examined, limits }: JudgeResult): readonly string[] {
  if (examined === null) return [];
  const { noRegression, fixes, shallow, guards, checks, heldOut, contractUnchanged } = levels;
  return [
    ...(noRegression === null ? [] : [noRegression ? 'no regression' : 'a test that passed no longer does']),
    ...(fixes > 0 ? [`fixes ${many(fixes, 'test')}${shallowWords(shallow, fixes)}`] : []),
    ...(guards > 0 ? [`adds ${many(guards, 'test')} that guard${guards === 1 ? 's' : ''} it`] : []),
    ...(checks > 0 ? [`${many(checks, 'check')} that failed on the base pass${checks === 1 ? 'es' : ''}`] : []),
    ...(heldOut ? ['held-out checks pass, and fail without the change'] : []),
    ...(limits.some(({ code }) => code === 'K_NO_REGRESSION_ONLY') ? ['no test shows what the change does'] : []),
    contractUnchanged ? 'contract unchanged' : 'contract changed',
  ];
}

const shallowWords = (shallow: number, fixes: number): string => {
  if (shallow === 0) return '';
  return `, ${shallow === fixes ? 'not shown' : `${shallow} of them not shown`} to ask for more than that something is there`;
};

export function gateWords({ verdict, passed, flaky, required }: JudgedGate): string {
  if (verdict === null) return 'not run';
  // Those of the base passed, where the change leaves none of its own.
  const isNoTest = verdict.kind !== 'pass' && verdict.code === 'E_NOTHING_RAN';
  const tests = passed === null || isNoTest ? '' : `, ${many(passed, 'test')} passed`;
  const label = flaky.length === 0 ? '' : ', but flaky';
  const why = verdict.kind === 'pass' ? '' : `: ${cleanLine(verdict.detail, 300)} (${verdict.code})`;
  return `${verdict.kind.replace('_', ' ')}${label}${tests}${required ? '' : ', not required'}${why}`;
}

/** Tests by what they show, each with what it means. */
export function testGroups({
  tests,
}: JudgeResult): readonly { readonly title: string; readonly ids: readonly string[] }[] {
  if (tests === null) return [];
  const { fixes, guards, silent, idle, unseen, shallow, untried } = tests;
  const fixed = new Set(fixes);
  const idles = new Set(idle);
  const open = new Set([...shallow, ...untried]);
  return [
    { title: 'red without the change, green with it', ids: fixes.filter((id) => !open.has(id)) },
    {
      title:
        'red without the change, green with it, and green where its functions do nothing, so they may ask only whether something is there',
      ids: shallow,
    },
    { title: 'red without the change, green with it, and not run where its functions do nothing', ids: untried },
    { title: 'red when what the change does is taken out', ids: guards.filter((id) => !fixed.has(id)) },
    { title: 'green without the change too, so they show nothing of it', ids: silent.filter((id) => !idles.has(id)) },
    {
      title: 'cannot load without the change, and are green where its functions do nothing, so they show nothing of it',
      ids: idle,
    },
    { title: 'do not run without the change, so nothing is known of them', ids: unseen },
  ].filter(({ ids }) => ids.length > 0);
}

/** How a person says yes. */
export const acceptWords = ({ goal, question }: JudgeResult): string =>
  question === null
    ? ''
    : `omk judge … --accept ${question.id}, or omk goal answer ${goal} --accept and omk goal resume ${goal}`;

/** Answers that were given to no question, each with why. */
export const notAskedWords = ({ notAsked, change, question }: JudgeResult): readonly string[] => {
  const asked = question === null ? 'no question is open' : `the question is ${question.id}`;
  return notAsked.map((id) =>
    id.endsWith(`-${change.tree.slice(0, 12)}`)
      ? `--accept ${id}: this was not asked; ${asked}`
      : `--accept ${id}: it is about another tree, not ${change.tree.slice(0, 12)}; ${asked}`,
  );
};
