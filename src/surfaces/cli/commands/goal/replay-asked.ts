import type { Place } from '../../../../app/replay.ts';
export interface Asked {
  readonly format: 'text' | 'md' | 'json';
  readonly from: Place | null;
  readonly to: Place | null;
  readonly task: string | null;
  readonly follow: boolean;
  readonly speed: number;
  readonly state: boolean;
  readonly execute: boolean;
  readonly gates: 'run' | 'recorded';
  readonly at: number | null;
  readonly diff: number | null;
}
