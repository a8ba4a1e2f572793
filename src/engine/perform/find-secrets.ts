import { lineAt } from '../../domain/secrets/find.ts';
import type { SecretFinding } from '../../domain/secrets/finding.ts';
import { MASK } from '../../domain/text/redact.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Context } from '../context.ts';

/** More are not named: the first ones are reason enough. */
const NAMED = 50;

interface Found {
  readonly findings: readonly SecretFinding[];
  /** The patch without them, so that neither the proof nor a terminal shows what must not be delivered. */
  mask(patch: Buffer): Buffer;
}

/** Secrets in the files a candidate changes that the files it changes did not hold at the base (a move is no finding). */
export async function findSecretsIn(
  { world, vault }: { readonly world: Pick<Context['world'], 'secrets'>; readonly vault: Context['vault'] },
  base: TreeId,
  candidate: TreeId,
  changes: readonly PathChange[],
): Promise<Found> {
  const found: (SecretFinding & { readonly value: string })[] = [];
  for (const { path } of changes.filter(({ change }) => change !== 'deleted')) {
    const file = await vault.readFile(candidate, path);
    if (!file) continue;
    const text = world.secrets.textOf(file.content);
    for (const { kind, value, at } of await world.secrets.scan({ path, content: file.content }))
      found.push({ path, kind, value, line: lineAt(text, at) });
  }
  if (found.length === 0) return { findings: [], mask: (patch) => patch };
  const before: string[] = [];
  for (const { path } of changes.filter(({ change }) => change !== 'added')) {
    const file = await vault.readFile(base, path);
    if (file) before.push(world.secrets.textOf(file.content));
  }
  const fresh = found.filter(({ value }) => !before.some((text) => text.includes(value)));
  return {
    findings: fresh.slice(0, NAMED).map(({ path, line, kind }) => ({ path, line, kind })),
    mask: (patch) =>
      masked(
        patch,
        fresh.map(({ value }) => value),
      ),
  };
}

/** In a patch the lines of a value each have a sign in front. */
function masked(patch: Buffer, values: readonly string[]): Buffer {
  const pieces = values
    .flatMap((value) => value.split(/\r?\n/))
    .filter((piece) => piece.trim().length >= 6 && !piece.startsWith('-----'));
  const text = patch.toString('latin1');
  const without = [...new Set(pieces)]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, piece) => rest.replaceAll(Buffer.from(piece, 'utf8').toString('latin1'), MASK), text);
  return without === text ? patch : Buffer.from(without, 'latin1');
}
