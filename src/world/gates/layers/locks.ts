import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sha256 } from '../../../domain/ids.ts';
import type { Build, Failed, Plan, Unlocked } from './plan.ts';

/** Lock files that omk made because a tree has none, by what they were made from. One that is there stays as it is. */
export interface Locks {
  take(key: Sha256): Promise<string | null>;
  /** The text that holds from now on: another process may have been first. */
  keep(key: Sha256, text: string): Promise<string>;
}

export function openLocks(stateDir: string): Locks {
  const at = (key: Sha256): string => join(stateDir, 'locks', key);
  const take = (key: Sha256): Promise<string | null> => readFile(at(key), 'utf8').catch(() => null);
  return {
    take,
    async keep(key, text) {
      await mkdir(join(stateDir, 'locks'), { recursive: true, mode: 0o700 });
      const fresh = join(stateDir, 'locks', `.${randomUUID()}`);
      await writeFile(fresh, text, { mode: 0o600 });
      // Fails where one is there, and is there whole or not at all.
      await link(fresh, at(key)).catch(() => undefined);
      await rm(fresh);
      return (await take(key)) ?? text;
    },
  };
}

/** Makes the lock file in the checkout of a build; `from` is the base's, for a candidate. */
export async function resolveLock(
  { file, resolve }: Unlocked,
  build: Build,
  from: string | null,
): Promise<string | Failed> {
  const path = join(build.checkout, file);
  if (from !== null) await putLock(build.checkout, file, from);
  const done = await resolve(build);
  if (done.kind === 'failed') return done;
  const text = await readFile(path, 'utf8').catch(() => null);
  return text ?? { kind: 'failed', detail: `no ${file} was made`, tail: '' };
}

export async function putLock(checkout: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(checkout, file)), { recursive: true });
  await rm(join(checkout, file), { force: true });
  await writeFile(join(checkout, file), text);
}

/** The plan with what its lock file says. */
export const withLock = (plan: Plan, digest: Sha256): Plan => ({ ...plan, inputs: [plan.inputs, digest] });
