import { deltaOf } from '../../domain/budget/ledger.ts';
import type { UsageEntry } from '../../domain/budget/usage-entry.ts';
import { storedInteger } from '../../domain/budget/integer.ts';
import type { UsageReport } from '../../domain/budget/report.ts';
import { tierOf, type Tier } from '../../domain/budget/tier.ts';
import { nameOf } from '../../domain/goal/cost-sessions.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';

export interface TurnName {
  readonly attempt: number;
  readonly turn: number;
}

/** Turns what an agent tells into deltas of the ledger, each message once. What comes in while one append is under way is the next. */
export class UsageRecorder {
  readonly #world: Pick<World, 'prices'>;
  readonly #session: Session;
  readonly #at: TurnName;
  readonly #counted: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #waiting: Told[] = [];
  #queue: Promise<void> = Promise.resolve();
  #failure: unknown = null;
  /** By session, what the agent said last that it cost in all. */
  readonly #totals = new Map<string, bigint>();

  constructor(
    world: Pick<World, 'prices'>,
    session: Session,
    at: TurnName,
    counted: () => void = () => undefined,
    failed: (error: unknown) => void = () => undefined,
  ) {
    this.#world = world;
    this.#session = session;
    this.#at = at;
    this.#counted = counted;
    this.#failed = failed;
  }

  /** `agentSession` is the agent's own name of its session. Never rejects; `settle` does. */
  add(agentSession: string, reports: readonly UsageReport[]): void {
    this.#waiting.push(...reports.map((report) => ({ agentSession, report })));
    this.#queue = this.#queue
      .then(() => this.#append(this.#waiting.splice(0)))
      .catch((error: unknown) => {
        this.#failure ??= error;
        this.#failed(error);
      });
  }

  /** What was told so far is recorded, or cannot be. Never rejects. */
  atRest(): Promise<void> {
    return this.#queue;
  }

  /** Waits for everything; a turn that told nothing is recorded as unknown. Rejects with the first failure to record. */
  async settle(agentSession: string | null): Promise<void> {
    await this.#queue;
    if (this.#failure !== null) throw this.#failure;
    const { attempt, turn } = this.#at;
    const told = this.#session.state.budget.ledger.told.findLast(
      (each) => each.attempt === attempt && each.turn === turn,
    );
    if (!told && agentSession !== null) await this.#append([{ agentSession, report: UNKNOWN }]);
  }

  async #append(told: readonly Told[]): Promise<void> {
    if (told.length === 0) return;
    const entries = new Map<string, UsageEntry>();
    for (const { agentSession, report } of told) {
      const key = this.#keyOf(agentSession, report);
      if (this.#session.state.budget.ledger.told.has(key) || entries.has(key)) continue;
      entries.set(key, await this.#entry(key, agentSession, report));
      if (report.totalPicoUsd !== null) this.#totals.set(agentSession, report.totalPicoUsd);
    }
    if (entries.size > 0)
      await this.#session.append(...[...entries.values()].map((data) => ({ type: 'usage.recorded', data }) as const));
    this.#counted();
  }

  #keyOf(agentSession: string, { message, scope }: UsageReport): string {
    const { attempt, turn } = this.#at;
    return scope === 'session' ? `${agentSession}#${message}` : `${agentSession}#${attempt}.${turn}#${message}`;
  }

  async #entry(key: string, agentSession: string, report: UsageReport): Promise<UsageEntry> {
    const { attempt, turn } = this.#at;
    const cost = await this.#cost(agentSession, report);
    return {
      key,
      sessionType: 'attempt',
      name: nameOf(attempt),
      attempt,
      turn,
      reporting: report.reporting,
      model: report.model,
      inputTokens: report.inputTokens?.toString() ?? null,
      cachedTokens: report.cachedTokens?.toString() ?? null,
      outputTokens: report.outputTokens?.toString() ?? null,
      picoUsd: cost?.picoUsd.toString() ?? null,
      priced: cost?.priced ?? null,
      ...(report.totalPicoUsd === null ? {} : { totalPicoUsd: report.totalPicoUsd.toString() }),
      ...(report.model === null ? {} : { tier: await this.#tier(report.model) }),
    };
  }

  async #tier(model: string): Promise<Tier> {
    const price = await this.#world.prices.cost(model, { input: 0, cached: 0, output: 1_000_000 });
    return tierOf(price?.picoUsd ?? null);
  }

  /** What the agent says it cost, else what the tokens cost by the price list; null: unknown. */
  async #cost(
    agentSession: string,
    report: UsageReport,
  ): Promise<{ readonly picoUsd: bigint; readonly priced: NonNullable<UsageEntry['priced']> } | null> {
    if (report.totalPicoUsd !== null)
      return { picoUsd: deltaOf(this.#totalBefore(agentSession), report.totalPicoUsd), priced: 'agent' };
    if (report.picoUsd !== undefined) return { picoUsd: report.picoUsd, priced: 'agent' };
    if (report.costToldElsewhere) return { picoUsd: 0n, priced: 'agent' };
    if (report.model === null || report.inputTokens === null || report.outputTokens === null) return null;
    return this.#world.prices.cost(report.model, {
      input: report.inputTokens,
      cached: report.cachedTokens ?? 0,
      output: report.outputTokens,
    });
  }

  /** The total told last: a session that begins to count anew is told from one that goes on. */
  #totalBefore(agentSession: string): bigint {
    const here = this.#totals.get(agentSession);
    if (here !== undefined) return here;
    const { told } = this.#session.state.budget.ledger;
    const ofSession = (each: UsageEntry): boolean => each.key.startsWith(`${agentSession}#`);
    const last = told.findLast((each) => each.totalPicoUsd !== undefined && ofSession(each));
    if (last?.totalPicoUsd !== undefined) return storedInteger(last.totalPicoUsd);
    // A log from before totals were kept.
    return [...told]
      .filter((each) => each.priced === 'agent' && ofSession(each))
      .reduce((sum, each) => sum + storedInteger(each.picoUsd ?? '0'), 0n);
  }
}

interface Told {
  readonly agentSession: string;
  readonly report: UsageReport;
}

const UNKNOWN: UsageReport = {
  message: 'unknown',
  scope: 'turn',
  reporting: 'unknown',
  model: null,
  inputTokens: null,
  cachedTokens: null,
  outputTokens: null,
  totalPicoUsd: null,
  costToldElsewhere: false,
};
