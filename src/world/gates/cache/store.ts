import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from '../../../domain/canonical.ts';
import { executionOf, isContradiction, type Kept } from '../../../domain/gates/cached.ts';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import type { Sha256, Timestamp } from '../../../domain/ids.ts';
import type { Clock } from '../../clock/port.ts';
import type { Blobs } from '../port.ts';

/** As many executions as a baseline needs. */
const MOST = 2;
/** What no key names changes in time. */
const OLDEST_MS = 7 * 24 * 3_600_000;
const MOST_FILES = 2000;

/** The key of an execution, and the digest of those of its parts that need not be asked for. */
interface Place {
  readonly about: Sha256;
  readonly key: Sha256;
}

/** Executions by key, in the state directory. What cannot be read is not there. */
export interface Verdicts {
  /** False: no key of these parts has been kept. */
  mayHold(about: Sha256): Promise<boolean>;
  /** Oldest first; only those whose output and report are still kept. */
  read(place: Place): Promise<readonly Kept[]>;
  /** Puts in doubt what contradicts what is there. */
  keep(place: Place, kept: Kept): Promise<void>;
  /**
   * After a failure that is not kept: what passed before is in doubt, and what passes later for as long as executions are kept. One
   * that is like what is kept doubts nothing.
   */
  doubt(place: Place, failed: Measurement): Promise<void>;
}

export function openVerdicts({
  stateDir,
  blobs,
  clock,
}: {
  readonly stateDir: string;
  readonly blobs: Blobs;
  readonly clock: Clock;
}): Verdicts {
  const dir = join(stateDir, 'cache', 'verdicts');
  const prefixOf = (about: Sha256): string => `${about.slice(0, 16)}-`;
  const fileOf = ({ about, key }: Place): string => join(dir, `${prefixOf(about)}${key}.json`);
  let queue: Promise<unknown> = Promise.resolve();
  /** One writer at a time in this process; another process may win, and then one execution is not kept. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };
  const isFresh = (at: Timestamp | null): boolean => at !== null && clock.now() - Date.parse(at) < OLDEST_MS;
  const load = async (place: Place): Promise<Page> => {
    const page = parse(await readFile(fileOf(place), 'utf8').catch(() => ''));
    return {
      kept: page.kept.filter(({ measurement }) => isFresh(measurement.startedAt)),
      doubted: isFresh(page.doubted) ? page.doubted : null,
    };
  };
  const inDoubt = (): Page => ({ kept: [], doubted: new Date(clock.now()).toISOString() });
  const save = async (place: Place, page: Page): Promise<void> => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const text = canonical(page);
    const draft = `${fileOf(place)}.${Buffer.from(clock.random(6)).toString('hex')}`;
    await writeFile(draft, `${sha256(text)}\n${text}\n`, { mode: 0o600 });
    await rename(draft, fileOf(place));
    await prune(dir);
  };

  return {
    mayHold: async (about) => (await readdir(dir).catch(() => [])).some((name) => name.startsWith(prefixOf(about))),
    async read(place) {
      const found: Kept[] = [];
      for (const kept of (await load(place)).kept) if (await isWhole(kept, blobs)) found.push(kept);
      return found;
    },
    keep: (place, kept) =>
      inTurn(async () => {
        const page = await load(place);
        if (page.doubted !== null) return;
        if (page.kept.some(({ measurement }) => isContradiction(measurement, kept.measurement)))
          return save(place, inDoubt());
        const source = canonical(executionOf(kept));
        await save(place, {
          kept: [...page.kept.filter((each) => canonical(executionOf(each)) !== source), kept].slice(-MOST),
          doubted: null,
        });
      }),
    doubt: (place, failed) =>
      inTurn(async () => {
        const { kept } = await load(place);
        if (kept.length > 0 && !kept.some(({ measurement }) => isContradiction(measurement, failed))) return;
        await save(place, inDoubt());
      }),
  };
}

interface Page {
  readonly kept: readonly Kept[];
  readonly doubted: Timestamp | null;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A file that was cut or changed by accident does not have the digest it begins with. */
function parse(text: string): Page {
  const [digest, content] = text.split('\n');
  return digest !== undefined && content !== undefined && sha256(content) === digest
    ? (JSON.parse(content) as Page)
    : { kept: [], doubted: null };
}

async function isWhole({ measurement: { stdout, stderr, report } }: Kept, blobs: Blobs): Promise<boolean> {
  for (const { sha256: name } of [stdout, stderr, ...(report.kind === 'tests' ? [report.blob] : [])])
    if ((await blobs.getBlob(name)) === null) return false;
  return true;
}

async function prune(dir: string): Promise<void> {
  const names = await readdir(dir);
  if (names.length <= MOST_FILES) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(dir, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  for (const { name } of aged.sort((a, b) => a.at - b.at).slice(0, MOST_FILES / 2))
    await rm(join(dir, name), { force: true });
}
