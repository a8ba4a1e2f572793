import type { Reporting, UsageEntry } from './usage-entry.ts';
import { saturatingAdd, storedInteger } from './integer.ts';
import { saturatingUsd } from './money.ts';
import { Told } from './told.ts';

export interface Ledger {
  readonly told: Told;
  readonly tokens: bigint;
  readonly picoUsd: bigint;
  /** Entries whose tokens, or whose cost, nobody told. */
  readonly unknownTokens: number;
  readonly unknownCost: number;
  /** Most tokens one report named, by how it was told. */
  readonly largest: Readonly<Record<Reporting, bigint>>;
  /** Most pico-dollars one report cost, by how it was told. */
  readonly dearest: Readonly<Record<Reporting, bigint>>;
}

export const EMPTY_LEDGER: Ledger = {
  told: Told.none(),
  tokens: 0n,
  picoUsd: 0n,
  unknownTokens: 0,
  unknownCost: 0,
  largest: { call: 0n, turn: 0n, unknown: 0n },
  dearest: { call: 0n, turn: 0n, unknown: 0n },
};

/** Tokens of an entry: input and output; null when either is unknown and there is nothing to count. */
function tokensOf(entry: UsageEntry): bigint | null {
  if (entry.inputTokens === null && entry.outputTokens === null) return null;
  return storedInteger(entry.inputTokens ?? '0') + storedInteger(entry.outputTokens ?? '0');
}

/** Adds a delta. An entry with a key that was counted changes nothing. */
export function count(ledger: Ledger, entry: UsageEntry): Ledger {
  if (ledger.told.has(entry.key)) return ledger;
  const tokens = tokensOf(entry);
  const picoUsd = storedInteger(entry.picoUsd ?? '0');
  return {
    told: ledger.told.with(entry),
    tokens: saturatingAdd(ledger.tokens, tokens ?? 0n),
    picoUsd: saturatingUsd(ledger.picoUsd, picoUsd),
    unknownTokens: ledger.unknownTokens + (tokens === null ? 1 : 0),
    unknownCost: ledger.unknownCost + (entry.picoUsd === null ? 1 : 0),
    largest: most(ledger.largest, entry.reporting, tokens ?? 0n),
    dearest: most(ledger.dearest, entry.reporting, picoUsd),
  };
}

const most = (before: Ledger['largest'], way: Reporting, n: bigint): Ledger['largest'] =>
  n > before[way] ? { ...before, [way]: n } : before;

const COUNT = /^\d{1,40}$/u;
/** An agent may claim any sum that is a number. */
const MONEY = /^\d{1,400}$/u;

/** Why an entry cannot be counted, or null. */
export function wrongEntry(ledger: Ledger, entry: UsageEntry): string | null {
  if (ledger.told.has(entry.key)) return `usage ${entry.key} is counted already`;
  const counts = [entry.inputTokens, entry.cachedTokens, entry.outputTokens].every(
    (text) => text === null || COUNT.test(text),
  );
  const money = [entry.picoUsd, entry.totalPicoUsd ?? null].every((text) => text === null || MONEY.test(text));
  return counts && money ? null : `usage ${entry.key} has a count that is none`;
}

/** The running total of a cumulative report as a delta: what is new since the last one; a total that shrank began anew. */
export const deltaOf = (before: bigint, total: bigint): bigint => (total >= before ? total - before : total);
