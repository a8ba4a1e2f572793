import { mkdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import { standingIn, type Standing } from '../../../domain/text/standing.ts';
import type { Mark } from '../../process/mark.ts';
import { keepOwner } from '../../process/owner.ts';
import type { Bind } from '../../sandbox/port.ts';

/** Where a checkout is in every sandbox, and in every report that is kept. */
export const CHECKOUT = '/omk/checkout';

/** The same of a second run that must not depend on the place, where nothing that is installed names it. */
const CHECKOUT_ELSEWHERE = '/omk/another/place';

/** The folder of one gate run: where its parts are on this machine, and where the gate sees them. */
export interface RunFolder {
  readonly dir: string;
  readonly checkout: string;
  /** Git's index of the checkout, out of the gate's sight. */
  readonly index: string;
  readonly report: string;
  readonly inject: string;
  /** Where a run of the base tells who loads what. */
  readonly loads: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly seen: {
    readonly checkout: string;
    readonly report: string;
    readonly inject: string;
    readonly loads: string;
    readonly home: string;
    readonly tmp: string;
  };
  readonly binds: readonly Bind[];
}

/** Where the folders of all runs are; one that was killed leaves its own. */
export const runsDir = (stateDir: string): string => join(stateDir, 'tmp', 'gates');

/** Where a run was on this machine, and where it would have been in a sandbox. */
export const placesOf = (
  { stateDir, home }: { readonly stateDir: string; readonly home?: string },
  { dir, checkout, report }: RunFolder,
): readonly Standing[] =>
  standingIn([
    [checkout, CHECKOUT],
    [report, `/omk/${basename(report)}`],
    [dir, '/omk'],
    [stateDir, '/omk/state'],
    [home ?? '', '/home/omk'],
  ]);

/** What everything that runs in a folder is found by; after a crash nothing but the folder says that there was a run. */
export const gateMark = (dir: string): Mark => ({ name: 'OMK_GATE', value: basename(dir) });

/**
 * Makes a fresh private folder. `name` is random, so that nothing in a checkout can know the path of the report.
 * The checkout is left for the vault to make.
 */
export async function makeFolder(
  stateDir: string,
  name: string,
  sandbox: Sandbox,
  isElsewhere = false,
): Promise<RunFolder> {
  const parent = runsDir(stateDir);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  // Tests name themselves by real paths, so the checkout has to be given by one.
  const dir = join(await realpath(parent), name);
  await mkdir(dir, { mode: 0o700 });
  const at = (part: string): string => join(dir, part);
  const folder = {
    dir,
    checkout: at('checkout'),
    index: at('index'),
    report: at(`report-${name}`),
    inject: at('inject'),
    loads: at(`loads-${name}`),
    stdout: at('stdout'),
    stderr: at('stderr'),
  };
  await keepOwner(dir);
  for (const path of [folder.report, folder.inject, folder.loads]) await mkdir(path, { mode: 0o700 });
  if (sandbox.kind === 'none') {
    const { checkout, report, inject, loads } = folder;
    return { ...folder, seen: { checkout, report, inject, loads, home: at('home'), tmp: at('tmp') }, binds: [] };
  }
  const seen = {
    checkout: isElsewhere ? CHECKOUT_ELSEWHERE : CHECKOUT,
    report: `/omk/report-${name}`,
    inject: '/omk/inject',
    loads: `/omk/loads-${name}`,
    home: '/home/omk',
    tmp: '/tmp',
  };
  const binds: Bind[] = [
    { from: folder.checkout, to: seen.checkout, writable: true },
    { from: folder.report, to: seen.report, writable: true },
    { from: folder.inject, to: seen.inject, writable: false },
    { from: folder.loads, to: seen.loads, writable: true },
  ];
  return { ...folder, seen, binds };
}
