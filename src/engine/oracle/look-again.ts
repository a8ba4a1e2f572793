import { canonical } from '../../domain/canonical.ts';
import { compareFiles } from '../../domain/contract/labels/files.ts';
import { labelLine } from '../../domain/contract/labels/describe.ts';
import { OmkError } from '../../domain/error.ts';
import type { HeldOutContent, HeldOutFile } from '../../domain/evidence/held-out.ts';
import { NOTE, WRONG } from '../../domain/goal/checks-submission.ts';
import type { Disputed } from '../../domain/goal/state.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import { pendingDispute } from '../../domain/oracle/pending-dispute.ts';
import type { LaidFile } from '../../world/git/port.ts';
import type { Context } from '../context.ts';
import { sealedBefore } from '../held-out/seal.ts';
import { sealedAs } from '../held-out/unseal.ts';

type Some = Pick<Context, 'world' | 'session' | 'vault'>;

/** The checks that may be wrong, as they were sealed. `OmkError` `HELD_OUT_LOST`. */
async function contentOf({ world, session }: Some, { commitment }: Disputed): Promise<HeldOutContent> {
  const content = await sealedAs(world, session.goal, commitment);
  if (content !== null) return content;
  throw new OmkError('HELD_OUT_LOST', `The checks of goal '${session.goal}' are missing`, 'a new omk run', { exit: 6 });
}

async function bytesOf({ world }: Some, { blob }: Pick<HeldOutFile, 'blob'>): Promise<Uint8Array> {
  const content = await world.store.getBlob(blob.sha256);
  if (content === null) throw new OmkError('HELD_OUT_LOST', 'A check is gone', 'a new omk run', { exit: 6 });
  return content;
}

/** The base with those checks and their wrong solution, for the session that looks at them again; the base where there is none. */
export async function withDisputed(context: Some, tree: TreeId): Promise<TreeId> {
  const dispute = pendingDispute(context.session.state);
  if (dispute === null) return tree;
  const content = await contentOf(context, dispute);
  // The next checks are sealed in the place of these.
  await context.world.files.keepPrivate(sealedBefore(context.session.goal), `${JSON.stringify(content)}\n`);
  const { criteria, interface: names } = dispute.submission;
  const note = Buffer.from(`${canonical({ criteria, interface: names })}\n`);
  return context.vault.lay(tree, [
    ...(await laid(context, content.files)),
    ...(await wrongOf(context, content)),
    { path: NOTE, mode: '100644', content: note },
  ]);
}

const laid = (context: Some, files: readonly HeldOutFile[]): Promise<readonly LaidFile[]> =>
  Promise.all(files.map(async (file) => ({ path: file.path, mode: file.mode, content: await bytesOf(context, file) })));

/** The wrong solution below the folder in which it was handed in. */
async function wrongOf(context: Some, { wrong }: HeldOutContent): Promise<readonly LaidFile[]> {
  const files = wrong.map(async ({ path, mode, blob }): Promise<readonly LaidFile[]> =>
    blob === null || mode === '120000' ? [] : [{ path: WRONG + path, mode, content: await bytesOf(context, { blob }) }],
  );
  return (await Promise.all(files)).flat();
}

export type LookedAgain =
  | { readonly kind: 'refused'; readonly why: readonly string[]; readonly upheld?: true }
  | { readonly kind: 'corrected'; readonly paths: readonly RepoPath[] };

/** What a session may write otherwise: the checks that may be wrong, and no test of them goes or asserts less. */
export async function lookedAgain(
  context: Some,
  dispute: Disputed,
  textOf: (path: RepoPath) => string | null,
): Promise<LookedAgain> {
  const content = await contentOf(context, dispute);
  const before = [...(await laid(context, content.files)), ...(await wrongOf(context, content))];
  const changed = before.filter(({ path, content: bytes }) => textOf(path) !== Buffer.from(bytes).toString('utf8'));
  if (changed.length === 0) return { kind: 'refused', why: ['the checks are as they were'], upheld: true };
  const others = changed.filter(({ path }) => !dispute.paths.includes(path));
  if (others.length > 0) return refused(others, 'is not what may be wrong: put it back as it was');
  const gone = changed.filter(({ path }) => textOf(path) === null);
  if (gone.length > 0) return refused(gone, 'may be corrected, and not removed');
  const why = await weaker(context, changed, textOf);
  return why.length > 0 ? { kind: 'refused', why } : { kind: 'corrected', paths: changed.map(({ path }) => path) };
}

const refused = (files: readonly LaidFile[], why: string): LookedAgain => ({
  kind: 'refused',
  why: files.map(({ path }) => `${path} ${why}`),
});

/** Unknown is never a pass: what no parser reads cannot be seen to assert as much as before. */
async function weaker(
  { world }: Some,
  changed: readonly LaidFile[],
  textOf: (path: RepoPath) => string | null,
): Promise<readonly string[]> {
  const sides = changed.flatMap(({ path, content }) =>
    [Buffer.from(content).toString('utf8'), textOf(path) ?? ''].map((text) => ({ path, text, mixed: false })),
  );
  const read = await world.syntax.read(sides);
  const labels = compareFiles(
    changed.map(({ path }, at) => ({
      path,
      base: read[2 * at] ?? null,
      candidate: read[2 * at + 1] ?? null,
      extended: false,
      grown: false,
    })),
  );
  return labels
    .filter(
      (each) =>
        each.kind === 'weakened' || each.kind === 'removed' || (each.kind === 'changed' && each.why === 'not_read'),
    )
    .map((each) => `a corrected check asserts as much as before: ${labelLine(each)}`);
}
