import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './rooms/check.ts';
import { pastDoors } from './rooms/doors.ts';
import { plainIds } from './rooms/ids.ts';
import { languagesOutside } from './rooms/languages.ts';
import { longLines } from './rooms/lines.ts';
import { ROOMS } from './rooms/rules.ts';
import { staleTables } from './ecosystems/tables.ts';
import { withoutSeed } from './rooms/seeds.ts';

const top = join(import.meta.dirname, '..');

/** Program text of the repository, not what tests and demos are made of. */
const sources = (): readonly string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.ts', '*.js', '*.cjs'], {
    cwd: top,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(
      (file) => file !== '' && existsSync(join(top, file)) && !/(?:^|\/)fixtures\/|^corpus\/|^share\/demo\//.test(file),
    );

/** Checks that the picture of the rooms in docs/architecture.md is true, and that lines can be read. */
const found = [
  ...violations(join(top, 'src'), ROOMS),
  ...staleTables(top, (path) => (existsSync(join(top, path)) ? readFileSync(join(top, path), 'utf8') : null)),
  ...sources()
    // What is put into gates runs elsewhere.
    .filter((file) => /^src\/.*\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(top, file), 'utf8');
      return [pastDoors, plainIds].flatMap((rule) => rule(file.slice('src/'.length), text));
    }),
  ...languagesOutside(new Map(sources().map((file) => [file, readFileSync(join(top, file), 'utf8')]))),
  ...sources().flatMap((file) => {
    const text = readFileSync(join(top, file), 'utf8');
    return [longLines, withoutSeed].flatMap((rule) => rule(file, text));
  }),
];
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
