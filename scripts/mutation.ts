import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pieces, table, withoutUntried } from './mutation/table.ts';

/**
 * Mutation testing of src/domain. All folders share one report, reports/mutation/domain.json, from which the next run
 * starts: what did not change is not tried again.
 */
const top = join(import.meta.dirname, '..');
const domain = join(top, 'src', 'domain');
const REPORT = 'reports/mutation/domain.json';
const report = join(top, REPORT);
/** Files that are in no folder of the domain. */
const LOOSE = 'loose';

const HELP = `npm run mutation -- [options]

  --folder <name>   a folder of src/domain, all where it is left out; again for more
  --own             ask only the tests of the folder itself: much sooner done, and what it finds killed is killed by any run
  --sample <n>      about n mutants of each folder, always the same ones
  --survivors       print each mutant that lived
  --table           only print what was measured before
  --concurrency <n> mutants at once, 2 by default`;

const { values: flags } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true },
    table: { type: 'boolean', default: false },
    sample: { type: 'string' },
    own: { type: 'boolean', default: false },
    survivors: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const source = (file: string): boolean => !file.endsWith('.test.ts');
const sources = (folder: string): readonly string[] =>
  globSync(folder === LOOSE ? '*.ts' : `${folder}/**/*.ts`, { cwd: domain }).filter(source);
const size = (folder: string): number =>
  sources(folder).reduce((sum, file) => sum + readFileSync(join(domain, file)).length, 0);

const folders = [
  ...readdirSync(domain, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map(({ name }) => name),
  LOOSE,
].sort((a, b) => size(a) - size(b));

/** Mutants of a line of the domain, roughly. */
const PER_LINE = 1.2;
const lines = (folder: string): number =>
  sources(folder).reduce((sum, file) => sum + readFileSync(join(domain, file), 'utf8').split('\n').length, 0);
const share = (folder: string): number =>
  flags.sample === undefined ? 1 : Math.min(1, Number(flags.sample) / (PER_LINE * lines(folder)));

function measure(wanted: readonly string[]): boolean {
  const mutate = wanted.map((folder) => (folder === LOOSE ? 'src/domain/*.ts' : `src/domain/${folder}/**/*.ts`));
  const { status } = spawnSync(
    process.execPath,
    [
      join(top, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'),
      'run',
      '--mutate',
      [...mutate, '!src/**/*.test.ts'].join(','),
      '--incrementalFile',
      REPORT,
      '--concurrency',
      flags.concurrency,
      '--ignoreStatic',
    ],
    {
      cwd: top,
      stdio: 'inherit',
      env: {
        ...process.env,
        OMK_MUTATION_TESTS: JSON.stringify(flags.own ? wanted : folders),
        OMK_MUTATION_SHARES: JSON.stringify(Object.fromEntries(wanted.map((folder) => [folder, share(folder)]))),
      },
    },
  );
  return status === 0;
}

if (flags.help) {
  console.log(HELP);
  process.exit(0);
}
const wanted = flags.folder ?? folders;
const unknown = wanted.filter((name) => !folders.includes(name));
if (unknown.length > 0) {
  console.error(`No folder of src/domain: ${unknown.join(', ')}. There are: ${folders.join(', ')}`);
  process.exit(2);
}
const read = (): string | null => (existsSync(report) ? readFileSync(report, 'utf8') : null);

mkdirSync(join(report, '..'), { recursive: true });
const before = read();
if (before !== null && !flags.table) writeFileSync(report, withoutUntried(before, wanted));
// Tests of one folder are not asked about another: the score of a folder does not depend on what else was named.
const rounds = flags.own ? wanted.map((folder) => [folder]) : [wanted];
const worked = flags.table || rounds.map(measure).every(Boolean);

const after = read();
const measured = after === null ? [] : pieces(after);
console.log(table(measured));
const missing = folders.filter((folder) => !measured.some((piece) => piece.folder === folder));
if (missing.length > 0) console.log(`\nNot measured: ${missing.join(', ')}`);
if (flags.survivors)
  for (const piece of measured.filter(({ folder }) => wanted.includes(folder)))
    for (const line of piece.survivors) console.log(line);
if (!worked) {
  console.error('Stryker failed');
  process.exitCode = 1;
}
