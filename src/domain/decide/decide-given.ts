import { judgeGate, runsWanted } from '../evidence/judge-gate.ts';
import { assessHeldOut } from '../held-out/assess.ts';
import { heldOutOf } from '../held-out/options.ts';
import { HELD_OUT } from '../judge/held-out-gaps.ts';
import { assessEvidence } from '../judge/evidence.ts';
import { EVIDENCE } from '../judge/gaps.ts';
import type { Given } from '../plan/given.ts';
import { settled } from './decide-attempt.ts';
import { openBeforeIntegration, sandboxOutage } from './look.ts';
import { end, record, runGate } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import { isContractRed, isSubmoduleMoved, PERSONAL, personalQuestion } from './personal-question.ts';
import type { Question } from '../evidence/question.ts';
import type { BlockingGap } from '../judge/readiness.ts';
import type { GoalState } from '../goal/state.ts';

/** A given change is judged like a candidate of an agent, once: nobody is sent back. */
export function decideGiven(state: GoalState, { snapshot: { candidate } }: Given): readonly Intent[] {
  // Checks that are revealed can judge nothing more.
  if (state.revealed) return [settled(state)];
  if (!state.examined.has(candidate)) return [{ key: `examine:${candidate}`, kind: 'examine', candidate }];
  const gates = state.policy?.gates ?? [];
  const runs = gates.map((gate) => runsWanted(state, gate, candidate)).filter((each) => each !== null);
  if (runs.length > 0) return runs.flatMap(({ run, beside }) => [run, ...(beside ?? [])].map(runGate));

  const heldOut = assessHeldOut(state, candidate);
  const outage = sandboxOutage(
    gates,
    gates.map((gate) => judgeGate(state, gate, candidate)),
    heldOut,
  );
  if (outage)
    return [
      end(state, 'failed_infra', { code: 'GATE_NOT_STARTED', text: outage, fix: 'omk doctor, then omk goal resume' }),
    ];
  const open = openBeforeIntegration(state);
  if (open.some((gap) => !mayBeClosed(gap))) return [settled(state)];
  // What the change shows helps the person who is asked about it.
  const evidence = assessEvidence(state, candidate);
  if (evidence.kind === 'needs_hollow') return [{ key: `hollow:${candidate}`, kind: 'hollow', candidate }];
  if (evidence.kind === 'needs') return evidence.runs.map(runGate);
  if (heldOut.kind === 'needs') return heldOut.runs.map(runGate);
  const isPersonal =
    open.length > 0 && open.every((gap) => PERSONAL.has(gap.code) || isContractRed(gap) || isSubmoduleMoved(gap));
  const question = isPersonal ? personalQuestion(state, candidate) : null;
  if (question) return [question];
  if (open.length === 0 && heldOutOf(state)) return [{ key: 'reveal', kind: 'reveal' }];
  return [settled(state)];
}

/** By a run that is still to be made, or by a person. */
const mayBeClosed = (gap: BlockingGap): boolean =>
  PERSONAL.has(gap.code) ||
  isContractRed(gap) ||
  isSubmoduleMoved(gap) ||
  (gap.code === 'G_GATE_PENDING' && (gap.subject === HELD_OUT || gap.subject === EVIDENCE));

/** A question that was accepted before it was asked needs no person any more. */
export const answerOpen = (state: GoalState, { id }: Question): Intent =>
  state.created?.given?.accepts.includes(id)
    ? record(`answer:${id}`, { type: 'question.answered', data: { question: id, answer: { kind: 'accept' } } })
    : end(state, 'blocked_on_human');
