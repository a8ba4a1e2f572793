import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import type { HollowFile } from '../../domain/evidence/hollow.ts';
import type { AlteredFile, Syntax } from './port.ts';
import type { SyntaxLimits } from './thread.ts';

const LIMITS: SyntaxLimits = {
  file: 256 * 1024,
  all: 4 * 1024 * 1024,
  files: 400,
  time: 5_000,
  total: 20_000,
  memory: 256,
  lost: 3,
};

/** `worker`: the program of the thread that parses, a path. Loaded when there is something to read. */
export const openSyntax = ({
  worker,
  limits = LIMITS,
}: {
  readonly worker: string;
  readonly limits?: SyntaxLimits;
}): Syntax => ({
  read: async (files) =>
    files.length === 0 ? [] : (await import('./thread.ts')).askInThread<ReadFile>(worker, limits, files),
  hollow: async (files) =>
    files.length === 0 ? [] : (await import('./thread.ts')).askInThread<HollowFile>(worker, limits, files),
  alter: async (files) =>
    files.length === 0 ? [] : (await import('./thread.ts')).askInThread<AlteredFile>(worker, limits, files),
});
