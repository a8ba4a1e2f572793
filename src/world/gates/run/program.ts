import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { findProgram } from '../../sandbox/environment.ts';

/**
 * Why a gate cannot be started in this checkout, as a sentence; null when it can. Asked before the start, because a
 * sandbox that does not find a program ends like the program itself.
 */
export async function whyNotStartable(gate: GateSpec, checkout: string, path: string): Promise<string | null> {
  const cwd = gate.cwd === '.' ? checkout : await realpath(join(checkout, gate.cwd)).catch(() => null);
  if (cwd === null || !(cwd === checkout || cwd.startsWith(`${checkout}/`)) || !(await stat(cwd)).isDirectory()) {
    return `the folder ${gate.cwd} of gate ${gate.id} does not exist in this tree`;
  }
  const [program] = gate.argv;
  if (!program.includes('/'))
    return findProgram(program, path) === null ? `the program ${program} was not found on the PATH` : null;
  const file = program.startsWith('/') ? program : join(cwd, program);
  const there = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return there ? null : `the program ${program} does not exist`;
}
