import type { GateSpec } from '../../../domain/gates/gate.ts';
import { GATES } from '../../../ecosystems/gates.ts';

const detectors = Object.values(GATES).flat();

/** What omk takes for tests, one clause for each detector. */
export const LOOKS_FOR: readonly string[] = detectors.map(({ looksFor }) => looksFor);

/** What mends a detected gate that failed, where its detector made several of one project; null for any other gate. */
export function whenApart({ source }: GateSpec, all: readonly GateSpec[]): string | null {
  if (source.kind !== 'detected') return null;
  const { detector } = source;
  const alike = all.filter((each) => each.source.kind === 'detected' && each.source.detector === detector);
  return alike.length > 1 ? (detectors.find(({ name }) => name === detector)?.whenApart ?? null) : null;
}
