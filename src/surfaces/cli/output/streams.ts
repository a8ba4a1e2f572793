import type { OutputLost } from '../../../domain/goal/event.ts';

/** A stream that could not be written to, and the code of the error. */
export interface Lost {
  readonly stream: OutputLost['stream'];
  readonly code: string;
}

const lost = new Map<Lost['stream'], Lost>();
const listeners = new Set<(lost: Lost) => void>();

/**
 * Output that nobody takes is dropped: it changes neither what is done nor the exit code of a failure. Called
 * before anything is written.
 */
export function guardStreams(): void {
  for (const stream of ['stdout', 'stderr'] as const)
    process[stream].on('error', (error: NodeJS.ErrnoException) => lose({ stream, code: error.code ?? error.name }));
}

function lose(found: Lost): void {
  if (lost.has(found.stream)) return;
  lost.set(found.stream, found);
  for (const tell of listeners) tell(found);
}

export function write(stream: Lost['stream'], content: string | Uint8Array): void {
  if (!lost.has(stream)) process[stream].write(content);
}

export const lostOutput = (stream: Lost['stream']): Lost | null => lost.get(stream) ?? null;

/** Tells of each stream that is or becomes lost; returns the way to stop. */
export function onLost(tell: (lost: Lost) => void): () => void {
  listeners.add(tell);
  for (const each of lost.values()) tell(each);
  return () => void listeners.delete(tell);
}
