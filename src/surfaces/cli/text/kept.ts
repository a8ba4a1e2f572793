import type { KeptWork } from '../../../domain/goal/kept.ts';
import type { AskedChange } from '../../../engine/commands/kept.ts';

const SAID: Readonly<Record<KeptWork['judged'], string>> = {
  ready: 'the ready result',
  not_ready: 'judged, and not ready',
  not_judged: 'not judged, its gates did not all run',
};

/** Which work something is, and what was found about it. */
export const ofWork = ({ attempt, turn, judged }: Pick<AskedChange, 'attempt' | 'turn' | 'judged'>): string =>
  `${attempt === null ? 'the change as it was given' : `attempt ${attempt}, turn ${turn}`}: ${SAID[judged]}`;
