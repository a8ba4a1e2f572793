import type { GateSpec } from '../../domain/gates/gate.ts';
import type { ReaderName } from '../../domain/gates/reader-names.ts';

/** A gate before its reader and kind are chosen from what it starts. */
export type Draft = Omit<GateSpec, 'reader' | 'kind'> & {
  readonly reader: ReaderName | 'auto';
  /** Null: chosen from what the command starts. */
  readonly kind: GateSpec['kind'] | null;
};
