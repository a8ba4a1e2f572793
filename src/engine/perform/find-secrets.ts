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

/**
 * Secrets in the files a candidate changes that the files it changes did not hold at the base (a move is no
 * finding). `secrets`: values that count beside those of the environment.
 */
export async function findSecretsIn(
  { world, vault }: { readonly world: Pick<Context['world'], 'secrets'>; readonly vault: Context['vault'] },
  base: TreeId,
  candidate: TreeId,
  changes: readonly PathChange[],
  secrets: readonly string[] = [],
): Promise<Found> {
  const found: (SecretFinding & { readonly value: string })[] = [];
  const there = changes.filter(({ change }) => change !== 'deleted').map(({ path }) => path);
  for await (const { path, content } of vault.readFiles(candidate, there))
    for (const { kind, value, at } of await world.secrets.scan({ path, content, known: secrets }))
      found.push({ path, kind, value, line: lineAt(world.secrets.textOf(content), at) });
  if (found.length === 0) return { findings: [], mask: (patch) => patch };
  const known = new Set<string>();
  const were = changes.filter(({ change }) => change !== 'added').map(({ path }) => path);
  for await (const { content } of vault.readFiles(base, were)) {
    const text = world.secrets.textOf(content);
    for (const { value } of found) if (text.includes(value)) known.add(value);
  }
  const fresh = found.filter(({ value }) => !known.has(value));
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
