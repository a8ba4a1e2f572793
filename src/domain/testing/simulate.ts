import type { TurnOutcome } from '../agents/agent.ts';
import type { GateRun } from '../evidence/assess.ts';
import type { GatePolicy, GateSpec } from '../gates/gate.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { admits } from '../transition/admit.ts';
import { decide } from '../decide/decide.ts';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import { evolve } from '../transition/evolve.ts';
import type { Intent } from '../goal/intent.ts';
import type { Answer, Question } from '../evidence/question.ts';
import { EMPTY_STATE, lastTurn, openQuestion, type DataOf, type GoalState } from '../goal/state.ts';
import { isFinal } from '../status.ts';
import type { TreeId } from '../ids.ts';
import type { Given } from '../plan/given.ts';
import { BLOB, created, measurement, observedAs, tree, turnEnded, type Shown } from './build.ts';
import type { CommandRun, Observed } from '../plan/command.ts';

/** What every candidate is without what it does. */
const HOLLOW = tree('hollow');
export const TAKEN_BACK = tree('taken back');

export interface Turn {
  readonly outcome: TurnOutcome;
  readonly leaves: Snapshot;
}

/** Everything outside the domain. */
export interface World {
  readonly policy: GatePolicy;
  readonly options: Partial<GoalOptions>;
  /** Absent: an agent works. */
  readonly given?: Given;
  /** Trees with one function emptied. Absent: none are made, as in logs of before. */
  readonly planted?: readonly TreeId[];
  readonly dependencies?: DataOf<'dependencies.prepared'>;
  measure(run: GateRun, state: GoalState): Shown;
  /** Whether each fact of the goal is so. */
  facts?(tree: TreeId): readonly boolean[];
  observe?(run: CommandRun): Observed;
  turn(attempt: number, turn: number): Turn;
  examine(candidate: TreeId): DataOf<'candidate.examined'>;
  /** Null leaves the question open. */
  answer(question: Question): Answer | null;
  /** Gates for the checks of an answer. */
  checks(texts: readonly string[], known: readonly GateSpec[]): readonly GateSpec[];
  /** What a person does with a goal that stopped. */
  whenStopped(state: GoalState): 'resume' | 'cancel' | 'leave';
  /** What goes wrong between performing an intent and recording it. */
  fault(intent: Intent): 'none' | 'crash' | 'pause' | 'cancel';
}

export interface Simulation {
  readonly events: readonly GoalEvent[];
  readonly state: GoalState;
  /** Every answer of `decide` that was asked for, in order. */
  readonly answers: readonly (readonly Intent[])[];
  /** Keys of intents whose outcome was recorded, in order. */
  readonly done: readonly { readonly key: string; readonly intent: Intent; readonly state: GoalState }[];
  /** Answers of `decide` in the longest time between two acts of a person or a crash. */
  readonly longest: number;
}

/** Runs decide, perform, record against a world until a person leaves the goal alone. Throws when a run does not end. */
export function simulate(world: World, limit = 400): Simulation {
  const run = new Run(world, limit);
  run.append({ type: 'goal.created', data: created(world.options, world.given) });
  for (;;) {
    run.work();
    if (isFinal(run.state.status)) return run;
    const question = openQuestion(run.state);
    if (question) run.answer(question);
    const act = world.whenStopped(run.state);
    if (act === 'leave') return run;
    run.recover();
    run.append(
      act === 'resume'
        ? { type: 'goal.resumed', data: { why: 'asked' } }
        : { type: 'goal.cancelled', data: { why: 'asked' } },
    );
  }
}

class Run {
  readonly events: GoalEvent[] = [];
  readonly answers: (readonly Intent[])[] = [];
  readonly done: { key: string; intent: Intent; state: GoalState }[] = [];
  state: GoalState = EMPTY_STATE;
  longest = 0;
  readonly #world: World;
  readonly #limit: number;

  constructor(world: World, limit: number) {
    this.#world = world;
    this.#limit = limit;
  }

  /** What the engine does too: nothing is appended that the state does not admit. */
  append(event: GoalEvent): void {
    const refusal = admits(this.state, event);
    if (refusal !== null) throw new Error(`${event.type} was refused: ${refusal}`);
    this.events.push(event);
    this.state = evolve(this.state, event);
  }

  work(): void {
    for (let steps = 1; this.state.status === 'running'; steps++) {
      this.longest = Math.max(this.longest, steps);
      if (steps > this.#limit) throw new Error(`no end after ${this.#limit} steps`);
      const intents = decide(this.state);
      this.answers.push(intents);
      if (intents.length === 0) throw new Error('stuck: running, and nothing to do');
      if (this.#performAll(intents) === 'stopped') steps = 0;
    }
    this.#settle();
  }

  /** As after a crash: the turn under way is closed. */
  recover(): void {
    const open = lastTurn(this.state);
    const attempt = this.state.attempts.length;
    if (open && open.outcome === null)
      this.append({ type: 'turn.ended', data: turnEnded(attempt, open.turn, { kind: 'interrupted' }) });
  }

  answer(question: Question): void {
    const answer = this.#world.answer(question);
    if (answer === null) return;
    this.append({ type: 'question.answered', data: { question: question.id, answer } });
    if (answer.kind === 'checks')
      this.append({
        type: 'checks.added',
        data: { gates: this.#world.checks(answer.checks, this.state.policy?.gates ?? []) },
      });
  }

  #performAll(intents: readonly Intent[]): 'went on' | 'stopped' {
    for (const intent of intents) {
      const fault = this.#world.fault(intent);
      if (fault !== 'none') {
        this.#fail(intent, fault);
        return 'stopped';
      }
      this.#perform(intent);
      this.done.push({ key: intent.key, intent, state: this.state });
    }
    return 'went on';
  }

  #fail(intent: Intent, fault: 'crash' | 'pause' | 'cancel'): void {
    if (intent.kind === 'run_turn') this.append(started(intent));
    if (fault === 'pause') this.append({ type: 'goal.paused', data: { why: 'asked' } });
    if (fault === 'cancel') this.append({ type: 'goal.cancelled', data: { why: 'asked' } });
    if (fault === 'crash') this.recover();
    else if (intent.kind === 'run_turn')
      this.append({ type: 'turn.ended', data: turnEnded(intent.attempt, intent.turn, { kind: 'cancelled' }) });
  }

  /** The work of a stopped turn is kept. */
  #settle(): void {
    const turn = lastTurn(this.state);
    if (turn && turn.outcome !== null && turn.snapshot === null && this.state.status !== 'ready')
      this.#snapshot(this.state.attempts.length, turn.turn);
  }

  #snapshot(attempt: number, turn: number): void {
    this.append({ type: 'snapshot.taken', data: { attempt, turn, snapshot: this.#world.turn(attempt, turn).leaves } });
  }

  #perform(intent: Intent): void {
    const world = this.#world;
    switch (intent.kind) {
      case 'record':
        return this.append(intent.event);
      case 'resolve_policy':
        return this.append({ type: 'policy.resolved', data: { policy: world.policy } });
      case 'prepare_dependencies':
        return this.append({
          type: 'dependencies.prepared',
          data: world.dependencies ?? { layer: null, detail: 'none' },
        });
      case 'run_gate': {
        const { gate, purpose, round, tree, heldOut } = intent.run;
        return this.append({
          type: 'gate.measured',
          data: measurement({
            gate,
            purpose,
            round,
            ...(heldOut ? { tree: laid(tree), over: tree } : { tree }),
            ...world.measure(intent.run, this.state),
          }),
        });
      }
      case 'start_attempt':
        return this.append({
          type: 'attempt.started',
          data: { attempt: intent.attempt, task: intent.task, worktree: `/w/${intent.attempt}` },
        });
      case 'run_turn':
        this.append(started(intent));
        return this.append({
          type: 'turn.ended',
          data: turnEnded(intent.attempt, intent.turn, world.turn(intent.attempt, intent.turn).outcome),
        });
      case 'wait':
        this.append({
          type: 'wait.started',
          data: {
            attempt: intent.attempt,
            turn: intent.turn,
            until: '2026-01-01T00:00:00.000Z',
            told: 'backoff',
            detail: intent.detail,
          },
        });
        return this.append({
          type: 'wait.ended',
          data: { attempt: intent.attempt, turn: intent.turn, waitedMs: 2 * 3_600_000 },
        });
      case 'take_snapshot':
        return this.#snapshot(intent.attempt, intent.turn);
      case 'examine':
        return this.append({ type: 'candidate.examined', data: world.examine(intent.candidate) });
      case 'observe':
        return this.append({ type: 'command.observed', data: (world.observe ?? observedAs)(intent.run) });
      case 'read_facts':
        return this.append({
          type: 'facts.read',
          data: { tree: intent.tree, holds: world.facts?.(intent.tree) ?? [] },
        });
      case 'read_plan':
        return this.append({
          type: 'plan.submitted',
          data: { attempt: intent.attempt, turn: intent.turn, kind: 'refused', why: ['nothing'] },
        });
      case 'read_checks':
        return this.append({
          type: 'checks.submitted',
          data: {
            attempt: intent.attempt,
            turn: intent.turn,
            tree: this.state.oracles.at(-1)?.turns.at(-1)?.snapshot?.candidate ?? '',
            kind: 'refused',
            why: ['nothing'],
          },
        });
      case 'hollow':
        return this.append({
          type: 'candidate.hollowed',
          data: {
            candidate: intent.candidate,
            tree: HOLLOW,
            how: 'emptied',
            takenBack: TAKEN_BACK,
            asksRed: true,
            functions: [{ path: 'a.js', name: 'subtract' }],
            count: this.#world.planted?.length ?? 1,
            ...(this.#world.planted
              ? { faults: this.#world.planted.map((each) => ({ path: 'a.js', name: each, tree: each })) }
              : {}),
          },
        });
      case 'reveal':
        return this.append({ type: 'held_out.revealed', data: { nonce: 'n', files: [], wrong: [] } });
      case 'lay_tests':
      case 'read_proposal':
        throw new Error('one task starts from no head');
      case 'merge':
        return this.append({
          type: 'trees.merged',
          data: { ...intent.of, merged: { kind: 'clean', tree: intent.of.candidate } },
        });
      case 'land':
        return this.append({
          type: 'tasks.integrated',
          data: {
            tree: intent.links.at(-1)?.tree ?? '',
            ref: 'refs/omk/goals/g/result',
            tasks: intent.links.map(({ task, attempt, candidate, tree: made }) => ({
              task,
              attempt,
              candidate,
              tree: made,
              commit: commitOf(task, attempt),
            })),
          },
        });
      case 'integrate':
        return this.append({
          type: 'goal.integrated',
          data: { tree: intent.candidate, commit: 'd'.repeat(40), ref: 'refs/omk/goals/g/result' },
        });
    }
  }
}

const commitOf = (task: string, attempt: number): string => tree(`commit ${task} ${attempt}`);

/** The tree with held-out checks laid over it. */
const laid = (over: TreeId): TreeId => over.replace(/^../, 'ff');

const started = (intent: Extract<Intent, { kind: 'run_turn' }>): GoalEvent => ({
  type: 'turn.started',
  data: { attempt: intent.attempt, turn: intent.turn, prompt: BLOB },
});
