import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOut, diskMiB, placeFor, sharedFolder, withCorepack } from './wild/checkout.ts';
import { loadList, type Entry } from './wild/entry.ts';
import { PHASES, readResult, writeResult, type Phase, type Result } from './wild/result.ts';
import { isGood, markdown } from './wild/table.ts';
import { tryPhase } from './wild/try.ts';

/** Runs omk on the clones of a folder that wild/list.json knows; docs/wild.md says how. */
const root = join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: {
    from: { type: 'string' },
    only: { type: 'string' },
    phase: { type: 'string' },
    list: { type: 'string', default: join(root, 'wild', 'list.json') },
    out: { type: 'string', default: join(root, 'wild', 'results') },
    work: { type: 'string', default: join(tmpdir(), 'omk-wild') },
    minutes: { type: 'string', default: '15' },
    keep: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
});

const isPhase = (name: string): name is Phase => PHASES.some((each) => each === name);
const phases = (flags.phase?.split(',') ?? PHASES).map((name) => {
  if (!isPhase(name)) throw new Error(`no part is called ${name}: ${PHASES.join(', ')}`);
  return name;
});
const list = loadList(flags.list);
const only = flags.only?.split(',');
const unknown = only?.filter((name) => !list.some((entry) => entry.name === name)) ?? [];
if (unknown.length > 0) throw new Error(`not in wild/list.json: ${unknown.join(', ')}`);
const limitMs = Number(flags.minutes) * 60_000;

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

async function runOne(entry: Entry, clone: string): Promise<Result> {
  const plain = placeFor(entry, resolve(flags.work));
  mkdirSync(plain.dir, { recursive: true });
  await checkOut(entry, clone, plain);
  const place = await withCorepack(plain);
  const { name, ecosystem, from } = entry;
  let result: Result = { ...readResult(flags.out, name), name, ecosystem, from };
  const before = diskMiB(place.state);
  for (const phase of phases) {
    try {
      const came = await tryPhase(phase, entry, place, limitMs);
      // Parts that are tried apart begin with nothing that omk keeps: the most of them counts.
      const kept = phase === 'gates' ? 0 : (result.diskMiB ?? 0);
      const grown = Math.round((diskMiB(place.state) - before) * 10) / 10;
      result = { ...result, ...came, diskMiB: Math.max(kept, grown) };
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name}: ${phase}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    writeResult(flags.out, result);
    console.error(`${name}: ${phase} done`);
  }
  if (!flags.keep) remove(place.dir);
  return result;
}

const PAGE = join(root, 'docs', 'wild.md');
const MARKS = ['<!-- table -->\n', '<!-- /table -->'] as const;

function writePage(): void {
  const results = list.flatMap(({ name }) => readResult(flags.out, name) ?? []);
  const page = readFileSync(PAGE, 'utf8');
  const [start, end] = MARKS.map((mark) => page.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error('docs/wild.md has no place for the table');
  writeFileSync(PAGE, `${page.slice(0, start)}${MARKS[0]}${markdown(results, list)}${page.slice(end)}`);
}

if (flags.table) writePage();
else {
  if (flags.from === undefined) throw new Error('--from <folder of clones> is missing');
  const from = resolve(flags.from);
  const results: Result[] = [];
  for (const entry of list.filter(({ name }) => only === undefined || only.includes(name))) {
    const clone = join(from, entry.name);
    if (existsSync(clone)) results.push(await runOne(entry, clone));
    else console.error(`${entry.name}: skipped, ${from} has no folder of this name`);
  }
  if (!flags.keep) for (const { ecosystem } of results) remove(sharedFolder(ecosystem, resolve(flags.work)));
  console.log(markdown(results, []));
  if (!results.every(isGood)) process.exitCode = 1;
}
