import { deltaOf, type UsageEntry } from '../../domain/budget/ledger.ts';
import { storedInteger } from '../../domain/budget/integer.ts';
import type { UsageReport } from '../../domain/budget/report.ts';
import { nameOf } from '../../domain/goal/cost-sessions.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';

export interface TurnName {
  readonly attempt: number;
  readonly turn: number;
}

/** Turns what an agent tells into deltas of the ledger, one append after the other, each message once. */
export class UsageRecorder {
  readonly #world: Pick<World, 'prices'>;
  readonly #session: Session;
  readonly #at: TurnName;
  readonly #counted: () => void;
  #queue: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  constructor(world: Pick<World, 'prices'>, session: Session, at: TurnName, counted: () => void = () => undefined) {
    this.#world = world;
    this.#session = session;
    this.#at = at;
    this.#counted = counted;
  }

  /** `agentSession` is the agent's own name of its session. Never rejects; `settle` does. */
  add(agentSession: string, reports: readonly UsageReport[]): void {
    this.#queue = this.#queue.then(() => this.#append(agentSession, reports)).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  /** Waits for everything; a turn that told nothing is recorded as unknown. Rejects with the first failure to record. */
  async settle(agentSession: string | null): Promise<void> {
    await this.#queue;
    if (this.#failure !== null) throw this.#failure;
    const { attempt, turn } = this.#at;
    const told = this.#session.state.budget.ledger.entries.some((each) => each.attempt === attempt && each.turn === turn);
    if (!told && agentSession !== null) await this.#append(agentSession, [UNKNOWN]);
  }

  async #append(agentSession: string, reports: readonly UsageReport[]): Promise<void> {
    const entries: UsageEntry[] = [];
    for (const report of reports) {
      const key = this.#keyOf(agentSession, report);
      if (this.#session.state.budget.ledger.keys.has(key) || entries.some((each) => each.key === key)) continue;
      entries.push(await this.#entry(key, agentSession, report));
    }
    if (entries.length > 0) await this.#session.append(...entries.map((data) => ({ type: 'usage.recorded', data }) as const));
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
    };
  }

  /** What the agent says it cost, else what the tokens cost by the price list; null: unknown. */
  async #cost(agentSession: string, report: UsageReport): Promise<{ readonly picoUsd: bigint; readonly priced: NonNullable<UsageEntry['priced']> } | null> {
    if (report.totalPicoUsd !== null) {
      const told = this.#session.state.budget.ledger.entries
        .filter((each) => each.priced === 'agent' && each.key.startsWith(`${agentSession}#`))
        .reduce((sum, each) => sum + storedInteger(each.picoUsd ?? '0'), 0n);
      return { picoUsd: deltaOf(told, report.totalPicoUsd), priced: 'agent' };
    }
    if (report.costToldElsewhere) return { picoUsd: 0n, priced: 'agent' };
    if (report.model === null || report.inputTokens === null || report.outputTokens === null) return null;
    return this.#world.prices.cost(report.model, { input: report.inputTokens, cached: report.cachedTokens ?? 0, output: report.outputTokens });
  }
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
