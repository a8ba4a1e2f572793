import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOut, placeFor, withCorepack } from './wild/checkout.ts';
import { judgeCommit } from './wild/judge-commit.ts';
import { isSame, judgedTable, loadCommits, readJudged, writeJudged, type Commits } from './wild/judged.ts';

/** Judges the real commits that wild/judged.json names, in clones of a folder; docs/judge.md has the table. */
const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: {
    from: { type: 'string' },
    only: { type: 'string' },
    list: { type: 'string', default: join(root, 'wild', 'judged.json') },
    out: { type: 'string', default: join(root, 'wild', 'judged') },
    work: { type: 'string', default: join(tmpdir(), 'omk-judged') },
    minutes: { type: 'string', default: '20' },
    again: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
});

const list = loadCommits(flags.list);
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

async function runOne(entry: Commits, clone: string): Promise<void> {
  const plain = placeFor(entry, resolve(flags.work));
  mkdirSync(plain.dir, { recursive: true });
  for (const commit of entry.commits) {
    const known = readJudged(flags.out, entry.name);
    if (!flags.again && known.some((each) => isSame(each, commit))) continue;
    await checkOut({ commit }, clone, plain);
    const judged = await judgeCommit(await withCorepack(plain), commit, Number(flags.minutes) * 60_000);
    const others = readJudged(flags.out, entry.name).filter((each) => !isSame(each, commit));
    writeJudged(flags.out, entry, [...others, judged]);
    console.error(`${entry.name} ${commit.slice(0, 9)}: ${judged.status}, ${judged.seconds} s`);
  }
  remove(plain.dir);
}

const PAGE = join(root, 'docs', 'judge.md');
const MARKS = ['<!-- table -->\n', '<!-- /table -->'] as const;
const table = (): string =>
  judgedTable(list.map(({ name, commits }) => ({ name, commits, judged: readJudged(flags.out, name) })));

if (flags.table) {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(MARKS[0]);
  const [, after = ''] = rest.split(MARKS[1]);
  if (after === '') throw new Error('docs/judge.md has no place for the table');
  writeFileSync(PAGE, [before, MARKS[0], table(), MARKS[1], after].join(''));
} else {
  if (flags.from === undefined) throw new Error('--from <folder of clones> is missing');
  const from = resolve(flags.from);
  const only = flags.only?.split(',');
  for (const entry of list.filter(({ name }) => only === undefined || only.includes(name))) {
    const clone = join(from, entry.name);
    if (existsSync(clone)) await runOne(entry, clone);
    else console.error(`${entry.name}: skipped, ${from} has no folder of this name`);
  }
  console.log(table());
}
