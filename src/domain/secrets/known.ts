import { SHORTEST_VALUE } from './shapes.ts';

const SECRET_NAME = /KEY|TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|AUTH(?!OR)|COOKIE/i;
/** Says where something is, not what it is. */
const PLACE_NAME = /_(?:SOCK|FILE|PATH|DIR)$/i;
/** A line of a value on several lines counts on its own from this length on. */
const SHORTEST_LINE = 16;

/** Values of environment variables whose names say that they are secret, and passwords inside addresses. */
export const secretValues = (env: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(env)
    .flatMap(([name, value = '']) => {
      const password = /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^/@]+)@/iu.exec(value)?.[1];
      const secret = SECRET_NAME.test(name) && !PLACE_NAME.test(name) ? [value, ...linesOf(value)] : [];
      return password === undefined ? secret : [...secret, password];
    })
    .filter((value) => value.length >= SHORTEST_VALUE);

const linesOf = (value: string): readonly string[] =>
  value.includes('\n')
    ? value.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----'))
    : [];
