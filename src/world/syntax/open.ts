import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import type { HollowFile } from '../../domain/evidence/hollow.ts';
import type { AlteredFile, Syntax } from './port.ts';
import type { Idle, Question, SyntaxLimits } from './thread.ts';

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
}): Syntax => {
  const idle: Idle = new Map();
  const ask = async <Answer>(files: readonly Question[]) =>
    files.length === 0 ? [] : (await import('./thread.ts')).askInThread<Answer>(worker, limits, files, idle);
  return { read: ask<ReadFile>, hollow: ask<HollowFile>, alter: ask<AlteredFile> };
};
