import { git, gitText } from '../run.ts';
import type { VaultPlace } from './place.ts';

/** Names of refs that begin with a folder of refs. */
export async function listRefs({ call }: VaultPlace, folder: string): Promise<readonly string[]> {
  const text = await gitText(['for-each-ref', '--format=%(refname)', folder], call);
  return text === '' ? [] : text.split('\n');
}

/** All or none. */
export async function deleteRefs({ call }: VaultPlace, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  const input = Buffer.from(refs.map((ref) => `delete ${ref}\0\0`).join(''), 'utf8');
  await git(['update-ref', '--stdin', '-z'], { ...call, durable: true, input });
}

/** Bytes of objects that lie in files of their own. */
export async function looseBytes({ call }: VaultPlace): Promise<number> {
  const text = await gitText(['count-objects', '-v'], call);
  return Number(/^size: (\d+)$/m.exec(text)?.[1] ?? 0) * 1024;
}

/** Packs what refs lead to. What nothing leads to goes too when it is older than `pruneDays`; null: it stays, a goal may still name it. */
export async function compact({ call }: VaultPlace, pruneDays: number | null): Promise<void> {
  await git(['repack', '-d', '-l', '-q'], { ...call, durable: true });
  if (pruneDays !== null) await git(['prune', `--expire=${pruneDays}.days.ago`], call);
}
