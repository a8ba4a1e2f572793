import { OmkError } from '../../domain/error.ts';
import {
  commitmentText,
  type HeldOutContent,
  type HeldOutOptions,
  type WrongFile,
} from '../../domain/evidence/held-out.ts';
import type { GoalId, RepoPath, TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import type { LaidFile, Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

/** Held-out checks as they are given, read once: nothing looks into the user's folder again. */
export interface HeldOutRequest {
  readonly files: readonly LaidFile[];
  /** What the checks must fail on; null: the base. */
  readonly wrong:
    | { readonly kind: 'files'; readonly files: readonly LaidFile[] }
    | { readonly kind: 'patch'; readonly patch: Uint8Array }
    | null;
  /** Paths of those that the agent may see. Absent: none. */
  readonly visible?: ReadonlySet<RepoPath>;
  /** Absolute paths that the agent must not see. */
  readonly hidden: readonly string[];
}

/** The name of a goal's file with held-out checks, in the state directory. */
export const sealedName = (goal: GoalId): string => `held-out/${goal}.json`;

/** Of checks that a session looks at again: they may be needed as they were. */
export const sealedBefore = (goal: GoalId): string => `held-out/${goal}.before.json`;

/** Keeps held-out checks where no agent looks, and says of them what may be known: a commitment to what they are. */
export async function sealHeldOut(
  world: Pick<World, 'store' | 'files' | 'clock'>,
  vault: Vault,
  { goal, base }: { readonly goal: GoalId; readonly base: TreeId },
  request: HeldOutRequest,
): Promise<HeldOutOptions> {
  const oracle = await oracleTree(vault, base, request.wrong);
  const files = await Promise.all(
    request.files.map(async ({ path, mode, content }) => ({ path, mode, blob: await world.store.putBlob(content) })),
  );
  const wrong = oracle === base ? [] : await wrongFiles(world, vault, base, oracle);
  const content: HeldOutContent = { nonce: Buffer.from(world.clock.random(32)).toString('hex'), files, wrong };
  await world.files.keepPrivate(sealedName(goal), `${JSON.stringify(content)}\n`);
  const there = new Set((await vault.listTree(base)).map(({ path }) => path));
  const replaces = files.map(({ path }) => path).filter((path) => there.has(path));
  const visible = files.filter(({ path }) => request.visible?.has(path));
  return {
    commitment: sha256Hex(commitmentText(content)),
    paths: files.map(({ path }) => path),
    ...(replaces.length > 0 ? { replaces } : {}),
    ...(visible.length > 0 ? { visible } : {}),
    hidden: request.hidden,
    oracle,
  };
}

async function oracleTree(vault: Vault, base: TreeId, wrong: HeldOutRequest['wrong']): Promise<TreeId> {
  if (wrong === null) return base;
  const tree = wrong.kind === 'files' ? await vault.lay(base, wrong.files) : await patched(vault, base, wrong.patch);
  if (tree === base)
    throw new OmkError(
      'HELD_OUT_WRONG_INVALID',
      'The wrong solution of --held-out-wrong is the base itself',
      'leave it out, or give one that differs',
    );
  return tree;
}

const patched = (vault: Vault, base: TreeId, patch: Uint8Array): Promise<TreeId> =>
  vault.patched(base, patch).catch((cause: unknown) => {
    if (!(cause instanceof OmkError) || cause.code !== 'PATCH_DOES_NOT_APPLY') throw cause;
    throw new OmkError(
      'HELD_OUT_WRONG_INVALID',
      'The patch of --held-out-wrong does not apply to the base commit',
      'make it with git diff --binary from HEAD',
      { cause },
    );
  });

/** The wrong solution as a verifier needs it who has only the base. */
async function wrongFiles(
  { store }: Pick<World, 'store'>,
  vault: Vault,
  base: TreeId,
  oracle: TreeId,
): Promise<readonly WrongFile[]> {
  const files: WrongFile[] = [];
  for (const { path, oldMode, newMode, change } of await vault.diff(base, oracle)) {
    const mode = fileMode(change === 'deleted' ? oldMode : newMode);
    if (mode === null)
      throw new OmkError(
        'HELD_OUT_WRONG_INVALID',
        `The wrong solution of --held-out-wrong changes '${path}', which is no file`,
        'change files only',
      );
    const file = change === 'deleted' ? null : await vault.readFile(oracle, path);
    files.push({ path, mode, blob: file ? await store.putBlob(file.content) : null });
  }
  return files;
}

const fileMode = (mode: string): WrongFile['mode'] | null =>
  mode === '100644' || mode === '100755' || mode === '120000' ? mode : null;
