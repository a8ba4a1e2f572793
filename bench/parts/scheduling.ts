import { admits } from '../../src/domain/transition/admit.ts';
import { decide } from '../../src/domain/decide/decide.ts';
import type { GoalEvent } from '../../src/domain/goal/event.ts';
import { evolve } from '../../src/domain/transition/evolve.ts';
import type { Intent } from '../../src/domain/goal/intent.ts';
import { EMPTY_STATE, type GoalState } from '../../src/domain/goal/state.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { plainMerge } from '../../src/domain/goal/merge.ts';
import * as make from '../../src/domain/testing/build.ts';
import { CANARY } from '../../src/domain/testing/ready.ts';
import { ms, type Row } from './row.ts';

const SIZES = [125, 250, 500, 1_000];
const AGENTS = 16;

/**
 * What it costs to schedule a plan of many tasks: processor time of every decision and of every event that is folded, from the plan to
 * the end, with nothing behind the doors. Each task needs two of those before it and writes one file; 16 agents.
 */
export function scheduling(): readonly Row[] {
  const runs = SIZES.map((size) => new Run(planOf(size)).play());
  const [last, half] = [runs.at(-1), runs.at(-2)];
  if (!last || !half) return [];
  return [
    {
      what: `scheduling a plan of ${SIZES.at(-1)} tasks`,
      measured: `${ms(last.took)} of processor time, ${last.decisions} decisions, ${last.events} events`,
      against: `of ${SIZES.at(-2)}: ${ms(half.took)}`,
      figure: ms(last.took),
      aim: '≤ 1 s',
    },
  ];
}

function planOf(size: number): Plan {
  const ids = Array.from({ length: size }, (_, index) => `t${index}`);
  const needs = (index: number): readonly string[] =>
    [Math.floor(index / 2) - 1, index - AGENTS * 3].flatMap((at) => ids[at] ?? []);
  return {
    criteria: ids.map((id) => ({ id: `c-${id}`, text: id, kind: 'tests', ids: ['subtracts'] })),
    tasks: ids.map((id, index) => ({
      id,
      title: id,
      brief: '',
      needs: needs(index),
      writes: [`src/${id}.js`],
      criteria: [`c-${id}`],
    })),
  };
}

/** Plays a plan: what was begun first ends first, and gates and agents take turns. */
class Run {
  #state: GoalState = EMPTY_STATE;
  #decisions = 0;
  #events = 0;
  readonly #plan: Plan;
  readonly #inFlight = new Map<string, Intent>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  play(): { readonly took: number; readonly decisions: number; readonly events: number } {
    const begun = process.cpuUsage();
    this.#append({ type: 'goal.created', data: make.created({ maxAgents: AGENTS }) });
    this.#append({ type: 'policy.resolved', data: { policy: make.policyOf(make.gateSpec()) } });
    this.#append({ type: 'plan.made', data: { plan: this.#plan, refused: [] } });
    while (this.#state.status === 'running') {
      const intents = this.#decide();
      for (const intent of intents) this.#begin(intent);
      const [first] = this.#inFlight.values();
      if (!first && intents.length === 0) throw new Error('stuck');
      if (!first) continue;
      this.#inFlight.delete(first.key);
      this.#perform(first);
    }
    if (this.#state.status !== 'ready') throw new Error(`the plan ended ${this.#state.status}`);
    const { user, system } = process.cpuUsage(begun);
    return { took: (user + system) / 1000, decisions: this.#decisions, events: this.#events };
  }

  #decide(): readonly Intent[] {
    this.#decisions += 1;
    const inFlight = [...this.#inFlight.values()];
    const wanted = decide(this.#state, inFlight);
    return inFlight.length === 0 ? wanted : wanted.filter((intent) => !isEnd(intent));
  }

  #append(event: GoalEvent): void {
    this.#events += 1;
    const refusal = admits(this.#state, event);
    if (refusal !== null) throw new Error(`${event.type} was refused: ${refusal}`);
    this.#state = evolve(this.#state, event);
  }

  #begin(intent: Intent): void {
    if (intent.kind === 'record') return this.#append(intent.event);
    this.#inFlight.set(intent.key, intent);
    if (intent.kind !== 'run_turn') return;
    this.#append({
      type: 'turn.started',
      data: { attempt: intent.attempt, turn: intent.turn, prompt: make.BLOB },
    });
  }

  #perform(intent: Intent): void {
    switch (intent.kind) {
      case 'prepare_dependencies':
        return this.#append({ type: 'dependencies.prepared', data: { layer: null, detail: 'none' } });
      case 'run_gate':
        return this.#append({ type: 'gate.measured', data: measured(intent) });
      case 'start_attempt': {
        const { attempt, task } = intent;
        const base = this.#state.head ? { base: this.#state.head } : {};
        return this.#append({ type: 'attempt.started', data: { attempt, task, worktree: `/w/${attempt}`, ...base } });
      }
      case 'run_turn':
        return this.#append({ type: 'turn.ended', data: make.turnEnded(intent.attempt, intent.turn, make.COMPLETED) });
      case 'take_snapshot': {
        const { attempt, turn } = intent;
        const snapshot = make.snapshotOf(make.tree(`left ${attempt}`));
        return this.#append({ type: 'snapshot.taken', data: { attempt, turn, snapshot } });
      }
      case 'examine':
        return this.#append({ type: 'candidate.examined', data: make.examinedOf(intent.candidate) });
      case 'merge': {
        const merged = plainMerge(intent.of) ?? { kind: 'clean', tree: make.tree(`merged ${this.#state.version}`) };
        return this.#append({ type: 'trees.merged', data: { ...intent.of, merged } });
      }
      case 'land':
        return this.#land(intent);
      case 'integrate': {
        const { head } = this.#state;
        const data = { tree: intent.candidate, commit: head?.commit ?? '', ref: 'refs/x' };
        return this.#append({ type: 'goal.integrated', data });
      }
      default:
        throw new Error(`not played: ${intent.kind}`);
    }
  }

  #land({ links }: Extract<Intent, { kind: 'land' }>): void {
    const tasks = links.map(({ task, attempt, candidate, tree }) => ({
      task,
      attempt,
      candidate,
      tree,
      commit: `c${attempt}-`.padEnd(40, '0'),
    }));
    const tree = links.at(-1)?.tree ?? '';
    this.#append({ type: 'tasks.integrated', data: { tree, ref: 'refs/x', tasks } });
  }
}

function measured({
  run,
}: Extract<Intent, { kind: 'run_gate' }>): Extract<GoalEvent, { type: 'gate.measured' }>['data'] {
  const { gate, purpose, round, tree } = run;
  const red = purpose === 'baseline' ? ['subtracts'] : [];
  const shown =
    run.canaryBase === null
      ? make.shows({ passed: red.length > 0 ? ['adds'] : ['adds', 'subtracts'], failed: red })
      : make.shows({ passed: ['adds', 'subtracts'], failed: [CANARY.name] }, { canary: CANARY });
  return make.measurement({ gate, purpose, round, tree, ...shown });
}

const isEnd = (intent: Intent): boolean => intent.kind === 'record' && intent.event.type === 'goal.ended';
