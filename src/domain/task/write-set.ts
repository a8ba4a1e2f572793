import { remembered } from '../remembered.ts';

/** The parts of a glob before its first pattern. */
function fixedParts(glob: string): readonly string[] {
  const parts = glob.replace(/\/+$/, '').split('/');
  const at = parts.findIndex((part) => part.includes('*'));
  return at < 0 ? parts : parts.slice(0, at);
}

/** Whether two globs may match one path. What follows the fixed parts is taken to match anything: never a wrong "no". */
const meet = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((part, index) => index >= other.length || part === other[index]);

const partsOf = remembered((writes: readonly string[]) => writes.map(fixedParts));

/** Whether two declared write sets have a path in common. A task that declares none runs beside all: the queue settles overlaps. */
export const writeSetsMeet = (one: readonly string[], other: readonly string[]): boolean =>
  partsOf(one).some((parts) => partsOf(other).some((each) => meet(parts, each)));
