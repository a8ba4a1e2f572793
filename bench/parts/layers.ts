import { lstatSync, mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentOf, stampOf } from '../../src/world/gates/layers/listing.ts';
import { copyFolder } from '../../src/world/gates/layers/copy.ts';
import { openShelf } from '../../src/world/gates/layers/shelf.ts';
import { openSandboxes } from '../../src/world/sandbox/open.ts';
import { ms, type Row } from './row.ts';
import { PATH, time } from './time.ts';

const FILES = 20_000;
const BYTES = 300 * 1024 * 1024;

/**
 * What a dependency layer of 300 MB in 20,000 files costs: to put on the shelf, to check, to mount for a gate,
 * to copy for an agent, on disk.
 */
export async function layers(scratch: string): Promise<readonly Row[]> {
  const dir = join(scratch, 'layers');
  const source = join(dir, 'source', 'node_modules');
  mkdirSync(source, { recursive: true });
  const written = took(() => generate(source));
  const { PATH: _, ...rest } = process.env;
  const env = { ...rest, PATH };
  const plainCopy = time(['cp', '-R', source, join(dir, 'plain')], { cwd: dir, env: { PATH } }).ms;

  const shelf = await openShelf(join(dir, 'state'));
  const cold = await tookAsync(() =>
    shelf.build('a'.repeat(64), async (_folder, out) => {
      await copyFolder(source, join(out, 'node_modules'), dir, PATH);
      return { kind: 'done', nested: [] };
    }),
  );
  const layer = join(dir, 'state', 'layers', 'a'.repeat(32), 'content');
  const stamp = await tookAsync(() => stampOf(layer));
  const content = await tookAsync(() => contentOf(layer));
  const before = takenOn(dir);
  const agent = await tookAsync(() =>
    copyFolder(join(layer, 'node_modules'), join(dir, 'worktree', 'node_modules'), dir, PATH),
  );
  const taken = takenOn(dir) - before;
  const rows: Row[] = [
    row('layer: cold, 300 MB in 20,000 files', cold, written, 'writing the files', ''),
    row('layer: content read and hashed', content, plainCopy, 'a plain copy', ''),
    row('layer: checked before use', stamp, plainCopy, 'a plain copy', '< 0.2'),
    row('layer: copied for an agent', agent, plainCopy, 'a plain copy', '≤ 1.2, far less with reflinks'),
    {
      what: 'layer: taken on disk by an agent',
      measured: `${mib(taken)} MiB`,
      against: `${mib(sizeOf(source))} MiB of files`,
      figure: '',
      aim: 'names alone with reflinks',
    },
  ];
  const sandboxes = openSandboxes({ env });
  if ((await sandboxes.detect()).kind === 'none') return rows;
  const start = async (
    binds: readonly { readonly from: string; readonly to: string; readonly writable: boolean }[],
  ): Promise<number> => {
    const command = await sandboxes.wrap({
      argv: ['true'],
      cwd: '/',
      env: { PATH },
      network: false,
      view: 'gate',
      binds,
      hidden: [],
    });
    return Math.min(
      ...Array.from({ length: 10 }, () => time(command.argv, { cwd: command.cwd, env: { ...command.env } }).ms),
    );
  };
  const bare = await start([]);
  const mounted = await start([
    { from: join(layer, 'node_modules'), to: '/omk/checkout/node_modules', writable: false },
  ]);
  return [
    ...rows,
    {
      what: 'layer: mounted for a gate',
      measured: ms(mounted),
      against: `${ms(bare)} without`,
      figure: `+${ms(Math.max(0, mounted - bare))}`,
      aim: '< 50 ms',
    },
  ];
}

/** Bytes in use on the file system of a folder, once all of it is written. */
function takenOn(dir: string): number {
  time(['sync'], { cwd: dir, env: { PATH } });
  const { blocks, bfree, bsize } = statfsSync(dir);
  return (blocks - bfree) * bsize;
}

function generate(folder: string): void {
  const content = Buffer.alloc(BYTES / FILES, 'x');
  for (let index = 0; index < FILES; index += 1) {
    const inside = join(folder, `package-${Math.floor(index / 100)}`, 'lib');
    if (index % 100 === 0) mkdirSync(inside, { recursive: true });
    content.writeUInt32LE(index);
    writeFileSync(join(inside, `${index % 100}.js`), content);
  }
}

const row = (what: string, measured: number, against: number, name: string, aim: string): Row => ({
  what,
  measured: ms(measured),
  against: `${ms(against)} for ${name}`,
  figure: `× ${(measured / against).toFixed(2)}`,
  aim,
});

function took(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

async function tookAsync(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => (entry.isFile() ? sum + lstatSync(join(entry.parentPath, entry.name)).size : sum),
    0,
  );
