import type { PathChange } from '../../domain/git/snapshot.ts';
import { hasManyTasks, type Disputed } from '../../domain/goal/state.ts';
import type { TreeId } from '../../domain/ids.ts';
import {
  hiddenOfEach,
  NOTE,
  readHanded,
  WRONG,
  type HandedFile,
  type Submission,
} from '../../domain/goal/checks-submission.ts';
import { writtenCriteria } from '../../domain/oracle/written.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import type { LaidFile, Vault } from '../../world/git/port.ts';
import { handedIn } from '../roles/handed.ts';
import { created, type Context } from '../context.ts';
import { pendingDispute } from '../../domain/oracle/pending-dispute.ts';
import { lookedAgain } from './look-again.ts';
import { whyUnknown } from './unknown-names.ts';
import { sealHeldOut } from '../held-out/seal.ts';

/** What an oracle left in its worktree, read by rule, and sealed where it can be judged. */
export async function readChecks(context: Context, attempt: number, turn: number): Promise<void> {
  const { session } = context;
  const ended = session.state.oracles
    .find((each) => each.attempt === attempt)
    ?.turns.find((each) => each.turn === turn);
  if (!ended?.snapshot) throw new TypeError(`attempt ${attempt} left nothing in turn ${turn}`);
  const note = await handedIn(context.world.store, ended.handed, 'check_submit');
  const data = await read(context, { attempt, turn, tree: ended.snapshot.candidate }, note);
  await session.append({ type: 'checks.submitted', data });
}

async function read(
  { world, session, vault }: Context,
  at: { readonly attempt: number; readonly turn: number; readonly tree: TreeId },
  told: Uint8Array | null,
): Promise<Submission> {
  const { repository, prompt } = created(session.state);
  const base = repository.tree;
  const changes = await vault.diff(base, at.tree);
  const contents = await contentsOf(vault, at.tree, changes);
  const files = changes.map((change): HandedFile => ({ ...change, bytes: contents.get(change.path)?.length ?? 0 }));
  const content = told ?? contents.get(NOTE);
  const note = content ? Buffer.from(content).toString('utf8') : null;
  const [only = null, second] = writtenCriteria(session.state);
  const handed = readHanded(
    files,
    note,
    only && !second ? { id: only.id, text: only.text } : { id: 'goal', text: prompt },
  );
  if (handed.kind === 'refused') return { ...at, kind: 'refused', why: handed.why.slice(0, 20) };
  const laid = (paths: readonly string[], below = ''): readonly LaidFile[] =>
    paths.flatMap((path) => {
      const content = contents.get(below + path);
      const mode = changes.find((each) => each.path === below + path)?.newMode;
      return content === undefined ? [] : [{ path, mode: mode === '100755' ? mode : '100644', content }];
    });
  const wrong = laid(handed.wrong, WRONG);
  if ((await vault.lay(base, wrong)) === base)
    return { ...at, kind: 'refused', why: [`${WRONG} is what the repository has already`] };
  const dispute = pendingDispute(session.state);
  const again = dispute
    ? await lookedAgain({ world, session, vault }, dispute, (path) => contents.get(path)?.toString('utf8') ?? null)
    : null;
  if (again?.kind === 'refused') return { ...at, ...again };
  const hidden = dispute
    ? hiddenBefore(dispute)
    : hiddenOfEach(handed.criteria, (path) => sha256Hex(contents.get(path) ?? Buffer.from('')));
  const textOf = (path: string): string => contents.get(path)?.toString('utf8') ?? '';
  const unknown = await whyUnknown(session.state, { vault, base, syntax: world.syntax }, handed, { textOf, hidden });
  if (unknown.length > 0) return { ...at, kind: 'refused', why: unknown };
  const checks = await sealHeldOut(
    world,
    vault,
    { goal: session.goal, base },
    {
      files: laid(handed.checks),
      wrong: { kind: 'files', files: wrong },
      // No task of several can pass the checks of the others.
      visible: hasManyTasks(session.state) ? new Set() : new Set(handed.checks.filter((path) => !hidden.has(path))),
      hidden: [],
    },
  );
  const corrected = again === null ? {} : { corrected: again.paths };
  return { ...at, kind: 'read', checks, criteria: handed.criteria, interface: handed.interface, ...corrected };
}

/** What was hidden from the worker stays so. */
function hiddenBefore({ submission: { checks } }: Disputed): ReadonlySet<string> {
  const seen = new Set((checks.visible ?? []).map(({ path }) => path));
  return new Set(checks.paths.filter((path) => !seen.has(path)));
}

async function contentsOf(
  vault: Pick<Vault, 'readFiles'>,
  tree: TreeId,
  changes: readonly PathChange[],
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const paths = changes.filter(({ change }) => change !== 'deleted').map(({ path }) => path);
  // More than the rules allow is not read.
  for await (const { path, content } of vault.readFiles(tree, paths.slice(0, 50))) found.set(path, content);
  return found;
}
