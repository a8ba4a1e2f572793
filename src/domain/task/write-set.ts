/** The parts of a glob before its first pattern. */
function fixedParts(glob: string): readonly string[] {
  const parts = glob.replace(/\/+$/, '').split('/');
  const at = parts.findIndex((part) => part.includes('*'));
  return at < 0 ? parts : parts.slice(0, at);
}

/** Whether two globs may match one path. What follows the fixed parts is taken to match anything: never a wrong "no". */
function meet(one: string, other: string): boolean {
  const [a, b] = [fixedParts(one), fixedParts(other)];
  return a.slice(0, b.length).every((part, index) => part === b[index]);
}

/** Whether two declared write sets have a path in common. A task that declares none runs beside all: the queue settles overlaps. */
export const writeSetsMeet = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((glob) => other.some((each) => meet(glob, each)));
