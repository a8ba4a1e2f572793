/** What makes two runs differ, and where it may be reached for: a replay has to stand in for each. */
interface Door {
  readonly what: string;
  readonly reach: RegExp;
  /** Files, by the start of their path below `src`, that may. */
  readonly behind: readonly string[];
  readonly instead: string;
}

const WORLD = ['world/', 'store/'];

const DOORS: readonly Door[] = [
  {
    what: 'clock',
    reach:
      /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\s*\.|=\s*performance\b|\bprocess\.(?:hrtime|uptime)\b|\bTemporal\.Now\b/,
    behind: WORLD,
    instead: 'take a Clock',
  },
  {
    what: 'timer',
    reach: /\bset(?:Timeout|Interval)\b|\bAbortSignal\.timeout\b|['"](?:node:)?timers/,
    behind: WORLD,
    instead: 'take a Clock',
  },
  {
    what: 'random number',
    reach: /\bMath\.random\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/,
    behind: WORLD,
    instead: 'take a Clock',
  },
  {
    what: 'environment',
    reach:
      /\bprocess\.(?:env|cwd|chdir|loadEnvFile)\b|\{[^}\n]*\b(?:env|cwd)\b[^}\n]*\}\s*=\s*process\b|import\.meta\.env/,
    behind: WORLD,
    instead: 'take it from app/here.ts, and hand it on',
  },
  {
    what: 'time zone or language of the machine',
    reach:
      /\.toLocale\w*\(|\bresolvedOptions\(\)\.(?:timeZone|locale)\b|\.get(?:Hours|Minutes|Day|Date|Month|FullYear|TimezoneOffset)\(/,
    behind: [...WORLD, 'domain/budget/reset/zone.ts'],
    instead: 'use UTC, or a zone that was handed in',
  },
  {
    what: 'file system',
    reach: /['"](?:node:)?fs(?:\/promises)?['"]/,
    // Proofs and what a user names on the command line are files (docs/adr/0013).
    behind: [...WORLD, 'ecosystems/', 'proof/', 'app/', 'surfaces/cli/'],
    instead: 'take a door of the world',
  },
  {
    what: 'module of Node by its name',
    reach: /\bgetBuiltinModule\b|\bcreateRequire\b/,
    behind: [...WORLD, 'ecosystems/'],
    instead: 'import it',
  },
];

const COMMENT = /^[^\S\n]*(?:\/\/|\/?\*).*$/gm;

/** Each line of a program file that reaches past the doors of the world, as a sentence. Tests may. */
export function pastDoors(file: string, source: string): readonly string[] {
  if (/\.test\.ts$|\/(?:testing|conformance)[/.]/.test(file)) return [];
  const lines = source.replace(COMMENT, '').split('\n');
  return DOORS.filter(({ behind }) => !behind.some((start) => file.startsWith(start))).flatMap(
    ({ what, reach, instead }) =>
      lines.flatMap((line, at) => (reach.test(line) ? [`${file}:${at + 1}: reaches for a ${what}: ${instead}`] : [])),
  );
}
