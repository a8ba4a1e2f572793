import { OmkError } from '../../domain/error.ts';
import { heldOutOf, hiddenOf } from '../../domain/held-out/options.ts';
import { commitmentText, type HeldOutContent } from '../../domain/evidence/held-out.ts';
import type { GoalId, RepoPath, TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import type { LaidFile } from '../../world/git/port.ts';
import type { Judging } from '../context.ts';
import { sealedBefore, sealedName } from './seal.ts';

/** The held-out checks of a goal, as they were committed to. `OmkError` `HELD_OUT_LOST` when they are gone or others. */
export async function unseal({ world, session }: Pick<Judging, 'world' | 'session'>): Promise<HeldOutContent> {
  const content = await sealedAs(world, session.goal, heldOutOf(session.state)?.commitment ?? '');
  if (content === null) throw lost(session.goal);
  return content;
}

/** What was committed to, now or before a session looked at it again; null where it is gone. */
export async function sealedAs(
  { files }: Pick<Judging['world'], 'files'>,
  goal: GoalId,
  commitment: string,
): Promise<HeldOutContent | null> {
  for (const name of [sealedName(goal), sealedBefore(goal)]) {
    const text = await files.readPrivate(name);
    const content = text === null ? null : read(text, commitment);
    if (content !== null) return content;
  }
  return null;
}

/** A tree with the held-out checks laid over it. */
export async function layHeldOut(context: Judging, tree: TreeId): Promise<TreeId> {
  return context.vault.lay(tree, await filesOf(context));
}

/** The checks that no agent sees, as texts. */
export async function hiddenTexts(
  context: Pick<Judging, 'world' | 'session'>,
): Promise<readonly { readonly path: RepoPath; readonly text: string }[]> {
  const hidden = new Set(hiddenOf(context.session.state));
  return (await filesOf(context))
    .filter(({ path }) => hidden.has(path))
    .map(({ path, content }) => ({ path, text: new TextDecoder().decode(content) }));
}

async function filesOf(context: Pick<Judging, 'world' | 'session'>): Promise<readonly LaidFile[]> {
  const { world, session } = context;
  const files: LaidFile[] = [];
  for (const { path, mode, blob } of (await unseal(context)).files) {
    const content = await world.store.getBlob(blob.sha256);
    if (content === null) throw lost(session.goal);
    files.push({ path, mode, content });
  }
  return files;
}

function read(text: string, commitment: string): HeldOutContent | null {
  try {
    const content: HeldOutContent = JSON.parse(text);
    return sha256Hex(commitmentText(content)) === commitment ? content : null;
  } catch {
    return null;
  }
}

const lost = (goal: GoalId): OmkError =>
  new OmkError(
    'HELD_OUT_LOST',
    `The held-out checks of goal '${goal}' are gone, or are not those it was created with`,
    'a new omk run',
    { exit: 6 },
  );
