import type { GitBlobId } from '../../../domain/ids.ts';
import type { GitCall } from '../run.ts';
import { git } from '../run.ts';
import { readLasting, type GitObject } from './lasting-reader.ts';

/** Objects by name (`<id>`, `<tree>:<path>`), null where there is none. Of a repository as it is, by a process that stays for a while. */
export async function readObjects(call: GitCall, names: readonly string[]): Promise<readonly (GitObject | null)[]> {
  if (names.length === 0) return [];
  if (!isPlain(call)) return readOnce(call, names);
  const { isNew, objects } = readLasting(call, 'contents', names);
  if (isNew) return objects;
  const found = await objects.catch(() => names.map(() => null));
  // It may have been started on a repository that was removed and made again.
  const missed = names.filter((_, index) => found[index] === null);
  if (missed.length === 0) return found;
  const again = (await readOnce(call, missed)).values();
  return found.map((object) => object ?? again.next().value ?? null);
}

const isPlain = ({ gitDir, whose, ...rest }: GitCall): boolean =>
  gitDir !== undefined && whose !== undefined && Object.keys(rest).length === 0;

async function readOnce(call: GitCall, names: readonly string[]): Promise<(GitObject | null)[]> {
  const input = Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');
  const output = await git(['cat-file', '--batch', '-z'], { ...call, input });
  const objects: (GitObject | null)[] = [];
  let at = 0;
  for (const name of names) {
    // A missing object is echoed by its name, which may itself hold a newline.
    const missing = Buffer.from(`${name} missing\n`, 'latin1');
    if (output.subarray(at, at + missing.length).equals(missing)) {
      objects.push(null);
      at += missing.length;
      continue;
    }
    const end = output.indexOf(10, at);
    const [id = '', kind = '', size = ''] = output.subarray(at, end).toString('latin1').split(' ');
    const length = Number(size);
    if (end < 0 || !/^[0-9a-f]{40,64}$/.test(id) || !Number.isSafeInteger(length))
      throw new TypeError('unexpected output of git cat-file');
    objects.push({ id, kind, content: output.subarray(end + 1, end + 1 + length) });
    at = end + 1 + length + 1;
  }
  return objects;
}

/** The id of what a name stands for, from the process that reads objects; null also where only another one could say. */
export async function idOf(call: GitCall, name: string): Promise<GitBlobId | null> {
  if (!isPlain(call)) return null;
  const found = await readLasting(call, 'info', [name]).objects.catch(() => null);
  return found?.[0]?.id ?? null;
}

/** Bytes of each object, 0 where there is none. */
export async function sizesOf(call: GitCall, ids: readonly GitBlobId[]): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  if (isPlain(call)) {
    const { isNew, objects } = readLasting(call, 'info', ids);
    const found = await objects.catch((error: unknown) => (isNew ? Promise.reject(error) : null));
    if (found !== null && (isNew || !found.includes(null))) return found.map((object) => object?.size ?? 0);
  }
  const input = ids.map((id) => `${id}\n`).join('');
  const output = await git(['cat-file', '--batch-check=%(objectsize)'], { ...call, input });
  return output
    .toString('latin1')
    .split('\n')
    .slice(0, ids.length)
    .map((line) => (/^\d+$/.test(line) ? Number(line) : 0));
}

/** Reads one object at a time; those that are asked for together are read by one process. */
export function objectReader(call: GitCall): (name: string) => Promise<GitObject | null> {
  let asked: { readonly name: string; readonly done: PromiseWithResolvers<GitObject | null> }[] = [];
  const readAll = async (): Promise<void> => {
    const these = asked;
    asked = [];
    try {
      const found = await readObjects(
        call,
        these.map(({ name }) => name),
      );
      for (const [index, { done }] of these.entries()) done.resolve(found[index] ?? null);
    } catch (error) {
      for (const { done } of these) done.reject(error);
    }
  };
  return (name) => {
    if (asked.length === 0) setImmediate(() => void readAll());
    const done = Promise.withResolvers<GitObject | null>();
    asked.push({ name, done });
    return done.promise;
  };
}
