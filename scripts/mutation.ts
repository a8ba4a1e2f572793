import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPiece, table, type Piece } from './mutation/table.ts';

/**
 * Mutation testing of src/domain, a folder at a time: each has a report of its own under reports/mutation, which the next
 * run of it starts from. Without --folder every folder, the smallest first; --table prints what was measured before.
 * --sample n tries about n mutants of each folder, always the same ones, and keeps reports of its own.
 */
const top = join(import.meta.dirname, '..');
const domain = join(top, 'src', 'domain');
const reports = join(top, 'reports', 'mutation');
/** Files that are in no folder of the domain. */
const LOOSE = 'loose';

const { values: flags } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true },
    table: { type: 'boolean', default: false },
    sample: { type: 'string' },
    survivors: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
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
/** A folder of which all mutants are tried has the report of a whole run. */
const reportOf = (folder: string): string => `${folder}${share(folder) < 1 ? '.sample' : ''}.json`;

function measure(folder: string): boolean {
  const mutate = folder === LOOSE ? 'src/domain/*.ts' : `src/domain/${folder}/**/*.ts`;
  const { status } = spawnSync(
    process.execPath,
    [
      join(top, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'),
      'run',
      '--mutate',
      `${mutate},!src/**/*.test.ts`,
      '--incrementalFile',
      `reports/mutation/${reportOf(folder)}`,
      '--concurrency',
      flags.concurrency,
      '--ignoreStatic',
    ],
    {
      cwd: top,
      stdio: 'inherit',
      env: { ...process.env, OMK_MUTATION_PIECE: folder, OMK_MUTATION_SHARE: String(share(folder)) },
    },
  );
  return status === 0;
}

const wanted = flags.folder ?? folders;
const unknown = wanted.filter((name) => !folders.includes(name));
if (unknown.length > 0) {
  console.error(`No folder of src/domain: ${unknown.join(', ')}. There are: ${folders.join(', ')}`);
  process.exit(2);
}
mkdirSync(reports, { recursive: true });
const failed = flags.table ? [] : wanted.filter((folder) => !measure(folder));

const pieces = folders.flatMap((folder): readonly Piece[] => {
  const file = [`${folder}.json`, `${folder}.sample.json`].map((name) => join(reports, name)).find(existsSync);
  return file === undefined ? [] : [readPiece(folder, readFileSync(file, 'utf8'))];
});
console.log(table(pieces));
const missing = folders.filter((folder) => !pieces.some((piece) => piece.folder === folder));
if (missing.length > 0) console.log(`\nNot measured: ${missing.join(', ')}`);
if (flags.survivors)
  for (const piece of pieces.filter(({ folder }) => wanted.includes(folder)))
    for (const line of piece.survivors) console.log(line);
if (failed.length > 0) {
  console.error(`Stryker failed on: ${failed.join(', ')}`);
  process.exitCode = 1;
}
