import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './row.ts';
import { ROOT, timeGood } from './time.ts';

/** What `npm install omk` would put on a disk, measured by installing the packed package with its production dependencies. */
export function size(scratch: string): readonly Row[] {
  const dir = join(scratch, 'size');
  mkdirSync(join(dir, 'home'), { recursive: true });
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(dir, 'home') };
  const source = join(dir, 'source');
  for (const part of ['bin', 'docs', 'share', 'package.json', 'LICENSE', 'README.md'])
    cpSync(join(ROOT, part), join(source, part), { recursive: true });
  timeGood([process.execPath, join(ROOT, 'scripts', 'build.ts'), '--into', join(source, 'dist')], { cwd: ROOT, env });
  timeGood(['npm', 'pack', '--ignore-scripts', '--pack-destination', dir], { cwd: source, env });
  const packed = readdirSync(dir).find((name) => name.endsWith('.tgz')) ?? '';
  timeGood(
    [
      'npm',
      'install',
      '--offline',
      '--omit=dev',
      '--no-audit',
      '--no-fund',
      '--prefix',
      join(dir, 'there'),
      join(dir, packed),
    ],
    {
      cwd: dir,
      env,
    },
  );
  const bytes = weigh(join(dir, 'there', 'node_modules'));
  const mb = (value: number): string => `${(value / 1e6).toFixed(2)} MB`;
  return [
    {
      what: 'installed size',
      measured: mb(bytes),
      against: `packed ${mb(statSync(join(dir, packed)).size)}`,
      figure: mb(bytes),
      aim: '≤ 50 MB',
    },
  ];
}

const weigh = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
