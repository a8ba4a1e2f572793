import type { ReaderName } from '../../../domain/gates/reader-names.ts';
import { RUNNERS } from '../../../ecosystems/runners.ts';
import type { CanaryMaker } from './port.ts';

/** How a canary is written for a reader's runner. */
export const canaryMaker = (reader: ReaderName): CanaryMaker | null =>
  reader === 'exit_only' ? null : RUNNERS[reader].canary;
