import type { TurnOutcome } from '../agents/agent.ts';
import { admits } from '../transition/admit.ts';
import { decide } from '../decide/decide.ts';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import { evolve } from '../transition/evolve.ts';
import type { Intent } from '../goal/intent.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { attemptsOf } from '../goal/attempts.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import {
  BASE,
  BLOB,
  COMPLETED,
  created,
  examinedOf,
  gateSpec,
  measurement,
  policyOf,
  shows,
  snapshotOf,
  tree,
  turnEnded,
} from './build.ts';
import { CANARY } from './ready.ts';
import { ruleOn } from '../task/proposal.ts';
import type { Proposal, Ruling } from '../goal/proposed.ts';
import { TASK_RULES } from '../task/rules.ts';
import { Contents, isLocked, type Content } from './contents.ts';
import type { Tape } from './tape.ts';

/** What an agent leaves: files written onto what its attempt started from. */
export type Work = (task: string, attempt: number, tape: Tape, start: Content) => Content;

export interface TasksWorld {
  readonly plan: Plan;
  readonly options: Partial<GoalOptions>;
  readonly work: Work;
  /** At most so many crashes and pauses. */
  readonly crashes: number;
  readonly resumes: number;
  /** Now and then an agent fails, or is not there. */
  readonly failing?: true;
  /** What an agent proposes in a file, now and then. */
  readonly proposes?: (task: string, tape: Tape) => Proposal;
}

/** Seen after each event. */
export type Look = (state: GoalState, event: GoalEvent, contents: Contents) => void;

/** Plays a plan of many tasks: intents are begun and end in any order, and now and then all that is in flight is lost. */
export function simulateTasks(world: TasksWorld, tape: Tape, look: Look = () => undefined): GoalState {
  return new TasksRun(world, tape, look).play();
}

const STEPS = 30_000;

class TasksRun {
  state: GoalState = EMPTY_STATE;
  readonly #world: TasksWorld;
  readonly #tape: Tape;
  readonly #look: Look;
  readonly #contents = new Contents();
  /** What attempts began with, where it is more than the head. */
  readonly #starts = new Map<number, TreeId>();
  /** By attempt and turn. */
  readonly #proposals = new Map<string, Proposal>();
  readonly #inFlight = new Map<string, Intent>();
  #crashes: number;

  constructor(world: TasksWorld, tape: Tape, look: Look) {
    this.#world = world;
    this.#crashes = world.crashes;
    this.#tape = tape;
    this.#look = look;
  }

  play(): GoalState {
    const { plan, options, resumes } = this.#world;
    this.#append({
      type: 'goal.created',
      data: created({ maxAttempts: 2, taskRules: TASK_RULES, ahead: true, canariesMerged: true, ...options }),
    });
    this.#append({ type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } });
    this.#append({ type: 'plan.made', data: { plan, refused: [] } });
    for (let left = resumes; ; left -= 1) {
      this.#work();
      if (left <= 0 || this.state.status === 'ready') return this.state;
      this.#recover();
      this.#append({ type: 'goal.resumed', data: { why: 'asked' } });
    }
  }

  #append(event: GoalEvent): void {
    const refusal = admits(this.state, event);
    if (refusal !== null) throw new Error(`${event.type} was refused: ${refusal}`);
    this.state = evolve(this.state, event);
    this.#look(this.state, event, this.#contents);
  }

  #work(): void {
    for (let steps = 0; this.state.status === 'running'; steps += 1) {
      if (steps > STEPS) throw new Error(`no end after ${STEPS} steps`);
      if (this.#crashes > 0 && this.#tape.yes(20)) this.#stop(this.#tape.pick('crash', 'pause'));
      const wanted = decide(this.state, [...this.#inFlight.values()]).filter(
        (intent) => this.#inFlight.size === 0 || !isEnd(intent),
      );
      this.#checkPrecedence(wanted);
      if (wanted.length === 0 && this.#inFlight.size === 0) throw new Error('stuck: running, and nothing to do');
      const begins = this.#inFlight.size === 0 || (wanted.length > 0 && !this.#tape.yes(3));
      const intent = begins ? this.#one(wanted) : undefined;
      if (intent) this.#begin(intent);
      else this.#finish(this.#one([...this.#inFlight.values()]));
    }
  }

  /** Runs on a tree that only the queue has, because it was merged, go before others. */
  #checkPrecedence(wanted: readonly Intent[]): void {
    const own = new Set(this.state.attempts.flatMap(({ turns }) => turns.map(({ snapshot }) => snapshot?.candidate)));
    const merged = new Set(
      [...this.state.merges.values()].flatMap((each) => (each.kind === 'clean' ? [each.tree] : [])),
    );
    for (const intent of wanted)
      if (intent.kind === 'run_gate' && merged.has(intent.run.tree) && !own.has(intent.run.tree) && !intent.landing)
        throw new Error(`${intent.key} waits among runs of work that is not judged yet`);
  }

  #one<T>(list: readonly T[]): T | undefined {
    const [first, ...rest] = list;
    return first === undefined ? undefined : this.#tape.pick(first, ...rest);
  }

  #begin(intent: Intent): void {
    this.#inFlight.set(intent.key, intent);
    if (intent.kind === 'run_turn')
      this.#append({ type: 'turn.started', data: { attempt: intent.attempt, turn: intent.turn, prompt: BLOB } });
  }

  #finish(intent: Intent | undefined): void {
    if (!intent) return;
    this.#inFlight.delete(intent.key);
    this.#perform(intent);
  }

  #stop(how: 'crash' | 'pause'): void {
    this.#crashes -= 1;
    if (how === 'crash') return this.#recover();
    this.#inFlight.clear();
    this.#append({ type: 'goal.paused', data: { why: 'asked' } });
    for (const { attempt, turns } of this.state.attempts) {
      const turn = turns.at(-1);
      if (turn?.outcome !== null) continue;
      this.#append({ type: 'turn.ended', data: turnEnded(attempt, turn.turn, { kind: 'cancelled' }) });
      this.#snapshot(attempt, turn.turn);
    }
    this.#append({ type: 'goal.resumed', data: { why: 'asked' } });
  }

  #recover(): void {
    this.#inFlight.clear();
    for (const { attempt, turns } of this.state.attempts) {
      const turn = turns.at(-1);
      if (turn?.outcome === null)
        this.#append({ type: 'turn.ended', data: turnEnded(attempt, turn.turn, { kind: 'interrupted' }) });
    }
  }

  #perform(intent: Intent): void {
    switch (intent.kind) {
      case 'record':
        return this.#append(intent.event);
      case 'prepare_dependencies':
        return this.#append({ type: 'dependencies.prepared', data: { layer: null, detail: 'none' } });
      case 'run_gate':
        return this.#measure(intent);
      case 'start_attempt':
        return this.#start(intent);
      case 'run_turn':
        return this.#append({ type: 'turn.ended', data: turnEnded(intent.attempt, intent.turn, this.#outcome()) });
      case 'take_snapshot':
        return this.#snapshot(intent.attempt, intent.turn);
      case 'wait': {
        const { attempt, turn, why, detail } = intent;
        const until = '2026-01-01T00:00:00.000Z';
        const ofWait = why === 'usage_limit' ? {} : { why };
        this.#append({ type: 'wait.started', data: { attempt, turn, until, told: 'backoff', detail, ...ofWait } });
        return this.#append({ type: 'wait.ended', data: { attempt, turn, waitedMs: 1 } });
      }
      case 'examine':
        return this.#append({ type: 'candidate.examined', data: examinedOf(intent.candidate) });
      case 'read_proposal':
        return this.#rule(intent.attempt, intent.turn);
      case 'lay_tests':
        return this.#lay(intent.start, intent.candidate);
      case 'merge':
        return this.#append({
          type: 'trees.merged',
          data: { ...intent.of, merged: this.#contents.merge(intent.of, this.#tape) },
        });
      case 'land': {
        const tasks = intent.links.map(({ task, attempt, candidate, tree: made }) => ({
          task,
          attempt,
          candidate,
          tree: made,
          commit: commitOf(task, attempt),
        }));
        const last = intent.links.at(-1)?.tree ?? '';
        return this.#append({ type: 'tasks.integrated', data: { tree: last, ref: 'refs/x', tasks } });
      }
      case 'integrate':
        return this.#append({
          type: 'goal.integrated',
          data: { tree: intent.candidate, commit: this.state.head?.commit ?? '', ref: 'refs/x' },
        });
      default:
        throw new Error(`not played: ${intent.kind}`);
    }
  }

  #outcome(): TurnOutcome {
    if (!this.#world.failing || !this.#tape.yes(6)) return COMPLETED;
    return this.#tape.pick<TurnOutcome>(
      { kind: 'failed', reason: 'crashed', detail: 'x' },
      { kind: 'unavailable', reason: 'not_found', detail: 'x' },
    );
  }

  #snapshot(attempt: number, turn: number): void {
    const found = this.state.attempts.find((each) => each.attempt === attempt);
    const task = found?.task ?? '';
    const start = this.#contents.of(this.#starts.get(attempt) ?? BASE);
    const outcome = found?.turns.at(-1)?.outcome?.kind;
    const isWork = outcome !== 'failed' && outcome !== 'unavailable';
    const { marks = '', ...left } = {
      ...start,
      ...(isWork ? this.#world.work(task, attempt, this.#tape, start) : {}),
    };
    // Who settles a conflict forgets a mark now and then.
    const isMarked = marks !== '' && (!isWork || this.#tape.yes(4));
    const candidate = this.#contents.keep(isMarked ? { ...left, marks } : left);
    const more = {
      refused: isMarked ? [{ path: marks, code: 'E_MERGE_MARKS', detail: 'x' } as const] : [],
      ...(isWork ? this.#propose(task, `${attempt}:${turn}`) : {}),
    };
    this.#append({ type: 'snapshot.taken', data: { attempt, turn, snapshot: snapshotOf(candidate, more) } });
  }

  #propose(task: string, turn: string): Pick<Snapshot, 'proposal'> {
    const { proposes } = this.#world;
    if (!proposes || !this.#tape.yes(4)) return {};
    this.#proposals.set(turn, proposes(task, this.#tape));
    return { proposal: BLOB };
  }

  #rule(attempt: number, turn: number): void {
    const proposal = this.#proposals.get(`${attempt}:${turn}`) ?? null;
    const ruling: Ruling = proposal
      ? ruleOn(this.state, attempt, proposal)
      : { kind: 'refused', why: 'it cannot be read' };
    this.#append({ type: 'task.proposed', data: { attempt, turn, proposal, ruling } });
  }

  /** What the next attempt at a task starts from: work that came back is merged first. */
  #start({ attempt, task, next = {} }: Extract<Intent, { kind: 'start_attempt' }>): void {
    const { head } = this.state;
    const tree = head?.tree ?? BASE;
    const back = this.state.tasks.find(({ id }) => id === task)?.returned.at(-1);
    const last = attemptsOf(this.state, task).at(-1);
    const isBack = back !== undefined && last?.attempt === back.attempt;
    const of = { onto: tree, base: last?.base?.tree ?? BASE, candidate: back?.candidate ?? BASE };
    const found = isBack ? this.#contents.merge(of, this.#tape) : null;
    const start = found?.kind === 'clean' ? found.tree : found?.marked;
    this.#starts.set(attempt, start ?? tree);
    const paths = found?.kind === 'conflict' ? found.paths : [];
    const merged = isBack ? { merged: { attempt: back.attempt, paths } } : {};
    const base = head ? { base: head } : {};
    this.#append({
      type: 'attempt.started',
      data: { attempt, task, worktree: `/w/${attempt}`, ...next, ...base, ...merged },
    });
  }

  /** Files that begin with `own-` are tests that tasks added. */
  #lay(start: TreeId, candidate: TreeId): void {
    const [before, after] = [this.#contents.of(start), this.#contents.of(candidate)];
    const own = Object.entries(before).filter(([path, text]) => path.startsWith('own-') && after[path] !== text);
    const laid = this.#contents.keep({ ...after, ...Object.fromEntries(own) });
    const edits = own.map(([path]) => ({ path, action: 'restore' as const }));
    const changes = own.map(([path]) => ({ path, change: 'edited' as const }));
    this.#append({ type: 'tests.laid', data: { start, candidate, tree: laid, edits, changes, rules: 'judge/1' } });
  }

  /** One test for each criterion, red until the file of its name is good, and one that is red where a file is bad or two are at odds. */
  #measure({ run }: Extract<Intent, { kind: 'run_gate' }>): void {
    const content = this.#contents.of(run.tree);
    const named = this.#world.plan.criteria.map(({ text }) => text);
    const good = named.filter((id) => content[id]?.startsWith('good')).map((id) => `test ${id}`);
    const all = named.map((id) => `test ${id}`);
    const isOdd =
      !isLocked(content) ||
      Object.values(content).includes('bad') ||
      new Set(Object.values(content).filter(isSided)).size > 1;
    const passed = [...good, ...(isOdd ? [] : ['base'])];
    const failed = [...all.filter((id) => !good.includes(id)), ...(isOdd ? ['base'] : [])];
    const own = Object.entries(content).filter(([path]) => path.startsWith('own-'));
    for (const [path, text] of own) (text === 'weak' || content['lib'] !== 'broken' ? passed : failed).push(path);
    const isCanary = run.canaryBase !== null;
    const shown = isCanary
      ? shows({ passed, failed: content['quiet'] ? failed : [...failed, CANARY.name] }, { canary: CANARY })
      : shows({ passed, failed });
    const { gate, purpose, round } = run;
    this.#append({ type: 'gate.measured', data: measurement({ gate, purpose, round, tree: run.tree, ...shown }) });
  }
}

const commitOf = (task: string, attempt: number): string => tree(`c ${task} ${attempt}`);

/** Work that goes with work of its own side only. */
const isSided = (text: string): boolean => text.startsWith('good:');

const isEnd = (intent: Intent): boolean => intent.kind === 'record' && intent.event.type === 'goal.ended';
