import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{40}$/);

/** A repository, and the commits of it that are judged, each against its first parent. */
const commits = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/),
  ecosystem: z.enum(['c', 'go', 'java', 'javascript', 'php', 'python', 'ruby', 'rust']),
  /** owner/name */
  from: z.string(),
  commits: z.array(hash),
});

const judged = z.strictObject({
  commit: hash,
  subject: z.string(),
  /** A status, or why there is none. */
  status: z.string(),
  questions: z.number(),
  levels: z
    .strictObject({
      noRegression: z.boolean().nullable(),
      fixes: z.number(),
      guards: z.number(),
      contractUnchanged: z.boolean(),
    })
    .nullable(),
  /** What is in the way of ready, or the error: code and first sentence. */
  causes: z.array(z.string()),
  seconds: z.number(),
  gateRuns: z.number(),
  cachedRuns: z.number(),
  gateSeconds: z.number(),
});

export type Commits = z.infer<typeof commits>;
export type Judged = z.infer<typeof judged>;

export const loadCommits = (file: string): readonly Commits[] =>
  z.array(commits).parse(JSON.parse(readFileSync(file, 'utf8')));

const fileOf = (folder: string, name: string): string => join(folder, `${name}.json`);

export function readJudged(folder: string, name: string): readonly Judged[] {
  let text: string;
  try {
    text = readFileSync(fileOf(folder, name), 'utf8');
  } catch {
    return [];
  }
  return z.array(judged).parse(JSON.parse(text));
}

export function writeJudged(folder: string, { name, commits: order }: Commits, results: readonly Judged[]): void {
  mkdirSync(folder, { recursive: true });
  const sorted = results.toSorted((a, b) => order.indexOf(a.commit) - order.indexOf(b.commit));
  writeFileSync(fileOf(folder, name), `${JSON.stringify(sorted, null, 2)}\n`);
}

export const isSame = (result: Judged, commit: string): boolean => result.commit === commit;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const LOSS: ReadonlyMap<boolean | null, string> = new Map([
  [true, 'no regression'],
  [false, '**regression**'],
  [null, 'loss not known'],
]);

function levels({ levels: found }: Judged): string {
  if (found === null) return '–';
  const said = [
    LOSS.get(found.noRegression) ?? '',
    ...(found.fixes > 0 ? [`fixes ${plural(found.fixes, 'test')}`] : []),
    ...(found.guards > 0 ? [`${plural(found.guards, 'test')} guard it`] : []),
    ...(found.contractUnchanged ? ['contract unchanged'] : []),
  ];
  return said.join(', ');
}

const row = (name: string, result: Judged): string => {
  const codes = result.causes.map((cause) => /^[A-Z]+_\w+/.exec(cause)?.[0] ?? cause).join(', ');
  const runs = result.gateRuns - result.cachedRuns;
  const cells = [
    name,
    `${result.commit.slice(0, 7)} ${result.subject.replaceAll('|', '\\|').replaceAll(/[`<>*_]/g, String.raw`\$&`)}`,
    result.status,
    `${result.questions}`,
    levels(result),
    codes === '' ? '–' : codes.replaceAll('_', String.raw`\_`),
    `${plural(runs, 'run')}, ${Math.round(result.gateSeconds)} s`,
    `${Math.round(result.seconds)} s`,
  ];
  return `| ${cells.join(' | ')} |`;
};

export interface JudgedRepository {
  readonly name: string;
  readonly commits: readonly string[];
  readonly judged: readonly Judged[];
}

/** Markdown: what omk says of each commit, and how long that takes. */
export function judgedTable(repositories: readonly JudgedRepository[]): string {
  const all = repositories.flatMap((each) => each.judged);
  const count = (status: string): number => all.filter((each) => each.status === status).length;
  const wanted = repositories.reduce((sum, each) => sum + each.commits.length, 0);
  const others = all.length - count('ready') - count('blocked_on_human') - count('not_ready');
  return [
    `${all.length} of ${wanted} commits of ${repositories.length} repositories: ${count('ready')} ready, ` +
      `${count('blocked_on_human')} with a question for a person, ${count('not_ready')} not ready, ${others} others.`,
    '',
    '| repository | commit | verdict | questions | levels | in the way | gates | in all |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...repositories.flatMap(({ name, judged: results }) => results.map((each) => row(name, each))),
    '',
  ].join('\n');
}
