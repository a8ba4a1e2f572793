import { answerTo, type Evidence } from '../evidence/evidence.ts';
import type { TreeId } from '../ids.ts';
import type { OwnTests } from './assess.ts';

/** Nothing that came with the change shows it, and nothing speaks against it: only a person can say whether it is what was asked for. */
export const isUnshown = (own: OwnTests): boolean =>
  own.kind === 'not_shown' && (own.why === 'no_tests' || own.why === 'only_tests' || own.why === 'not_run');

/** A person looked at this very tree and said that it is what was asked for. */
export const isAcceptedUnshown = (state: Pick<Evidence, 'questions'>, candidate: TreeId): boolean =>
  answerTo(state, 'nothing_shown', candidate)?.kind === 'accept' ||
  state.questions.some(
    ({ question, answer }) =>
      question.code === 'contract_changed' &&
      question.unshown === true &&
      question.subject === candidate &&
      // Said of the same files in another tree it is about these, and not about the whole change.
      answer?.kind === 'accept' &&
      answer.as === undefined,
  );
