import type { ReaderName } from '../../../domain/gates/reader-names.ts';
import { RUNNERS } from '../../../ecosystems/runners.ts';
import type { Injected, Reader } from './port.ts';

/** Every reader. Where several know a command, the first is taken. */
export const READERS: readonly Reader[] = Object.values(RUNNERS).map(({ reader }) => reader);

/** The reader of that name; null for `exit_only`, which reads nothing. */
export const readerOf = (name: ReaderName): Reader | null => (name === 'exit_only' ? null : RUNNERS[name].reader);

/** All files that a reader may put into a gate. */
export const injectedBy = ({ reporter, beside, loads }: Reader): readonly Injected[] =>
  [reporter ?? [], beside ?? [], loads?.files ?? []].flat();
