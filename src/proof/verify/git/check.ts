import type { PathChange } from '../../../domain/git/snapshot.ts';
import { earlyAt, loadedAt } from '../../../domain/contract/stand-ins.ts';
import { canonical } from '../../../domain/canonical.ts';
import { OmkError } from '../../../domain/error.ts';
import type { GatePolicy } from '../../../domain/gates/gate.ts';
import type { DataOf } from '../../../domain/goal/state.ts';
import type { Landed } from '../../../domain/goal/landed.ts';
import type { CommitId, RepoPath, TreeId } from '../../../domain/ids.ts';
import { PATCH } from '../../format/names.ts';
import { checkLaid } from '../held-out.ts';
import type { Files } from '../limits.ts';
import type { Judged, Ruling } from '../judged.ts';
import type { Recorder } from '../report.ts';
import { checkInputs } from '../cached.ts';
import { checkBeside } from './beside.ts';
import { checkBelow } from './checks-commit.ts';
import { contractOf, readChecked } from './contract.ts';
import type { GitDoor, ListedEntry } from './door.ts';
import { checkPolicy } from './policy.ts';
import { pathsOf, visibleOf } from '../../../domain/held-out/options.ts';
import { checkLaidTests } from './laid-tests.ts';
import { checkToldFacts } from './told-facts.ts';
import { treeId } from './tree-id.ts';

/** The part of what is asked of the verifier that is about git. */
interface Asked {
  readonly git: GitDoor | null;
  readonly expect: { readonly base?: CommitId };
  readonly resultElsewhere?: true;
}

/** Where the result commit is not in the repository: how the check ends that did not need it, and the one that did. */
export const ELSEWHERE = 'is not in the repository, and its tree is made from base and patch';
const resultIsThere = (head: CommitId): string => `the result commit ${head} is in the repository`;

/** Whether the result commit alone was not found. */
export const lacksResult = (checks: Recorder['checks'], head: CommitId): boolean =>
  checks.some(({ ok, text }) => !ok && text === resultIsThere(head));

/** V1: the objects behind the ids, against the base that the verifier names. */
export async function checkGit(
  facts: Judged,
  files: Files,
  { git: door, expect, resultElsewhere }: Asked,
  to: Recorder,
): Promise<void> {
  const expected = expect.base ?? null;
  const { commit, tree } = facts.created.repository;
  const patch = files.get(PATCH) ?? new Uint8Array();
  to.check(
    'E_BASE',
    expected === commit,
    expected === null ? 'the verifier must name the base' : `the verifier names the base ${expected}`,
  );
  if (!to.check('E_GIT', door !== null, 'there is a repository to look into') || !door) return;
  const actual = await door.commitTree(commit);
  if (!to.check('E_GIT', actual !== null, `the base commit ${commit} is in the repository`)) return;
  if (!to.check('E_BASE', actual === tree, `the tree of the base is ${tree}`)) return;
  const base = await listChecked(door, tree, to);
  if (!base) return;
  await checkGateFile(base, door, to);
  const policy = await readPolicy(door, tree);
  if (to.check('E_POLICY', policy !== null, 'the gates of the base can be read') && policy)
    checkPolicy(facts, base, policy, to);
  const trees = new Map([[tree, base]]);
  if (facts.candidate !== null)
    for (const [id, entries] of await checkCandidate(
      facts,
      facts.candidate,
      base,
      patch,
      { door, elsewhere: resultElsewhere === true },
      to,
    ))
      trees.set(id, entries);
  checkInputs(facts, trees, to);
  await checkBeside(facts, trees, door, to);
  checkLaid(facts, files, base, trees, to);
  await checkToldFacts(facts, trees, door, to);
  await checkLaidTests(facts, door);
}

/** `git replace` and the like show other bytes under a true name. */
async function checkGateFile(base: readonly ListedEntry[], door: GitDoor, to: Recorder): Promise<void> {
  const entry = base.find((each) => each.path === '.omk/gates.toml');
  if (entry)
    to.check(
      'E_POLICY',
      (await readChecked(door, entry.id)) !== null,
      `the bytes of ${entry.path} are those of its id`,
    );
}

async function readPolicy(door: GitDoor, tree: TreeId): Promise<GatePolicy | null> {
  try {
    return await door.policyAt(tree);
  } catch (cause) {
    if (cause instanceof OmkError) return null;
    throw cause;
  }
}

async function checkCandidate(
  facts: Judged,
  candidate: TreeId,
  base: readonly ListedEntry[],
  patch: Uint8Array,
  { door, elsewhere }: { readonly door: GitDoor; readonly elsewhere: boolean },
  to: Recorder,
): Promise<readonly Listed[]> {
  const { tree } = facts.created.repository;
  const masked = (facts.examined?.secrets ?? []).length > 0;
  if (masked)
    to.check(
      'E_PATCH',
      true,
      'change.patch is masked, for the candidate holds what looks like a secret; the tree is the candidate that is judged',
    );
  else if (facts.examined) {
    const patched = patch.length === 0 ? tree : await door.treeFromPatch(tree, patch);
    to.check('E_PATCH', patched === candidate, `change.patch on the base gives ${candidate}`);
  }
  if (facts.head !== null) {
    const result = await door.commitTree(facts.head);
    if (result === null && elsewhere) to.check('E_GIT', true, `the result commit ${facts.head} ${ELSEWHERE}`);
    else if (to.check('E_GIT', result !== null, resultIsThere(facts.head))) {
      to.check('E_SUBJECT', result === candidate, `the tree of the result is ${candidate}`);
      // A given commit may lie any number of commits above its base.
      if (!facts.created.given && facts.state.landed.length === 0) await checkBelow(facts, facts.head, base, door, to);
      await checkTasks(facts.state.landed, facts.created.repository.commit, door, to);
    }
  }
  // What was not delivered can be made from the patch alone.
  if (masked && facts.head === null) return [];
  const listed = facts.examined && (await listChecked(door, candidate, to));
  if (!facts.examined || !listed) return [];
  return [[candidate, listed], ...(await checkRecipe(facts, facts.examined, base, listed, door, facts.ofContract))];
}

/** One commit for each task between the base and the result, with the tree that was recorded. */
async function checkTasks(landed: readonly Landed[], base: CommitId, door: GitDoor, to: Recorder): Promise<void> {
  let parent = base;
  for (const { task, commit, tree } of landed) {
    const parents = await door.commitParents(commit);
    to.check('E_BASE', parents?.length === 1 && parents[0] === parent, `the only parent of ${commit} is ${parent}`);
    to.check('E_SUBJECT', (await door.commitTree(commit)) === tree, `the tree of task ${task} is ${tree}`);
    parent = commit;
  }
}

/** A tree by its id, with the entries that hash to it. */
type Listed = readonly [TreeId, readonly ListedEntry[]];

async function checkRecipe(
  { state, created }: Judged,
  examined: DataOf<'candidate.examined'>,
  base: readonly ListedEntry[],
  candidate: readonly ListedEntry[],
  door: GitDoor,
  { rules, to }: Ruling,
): Promise<readonly Listed[]> {
  const gates = examined.asks === undefined ? null : (state.policy?.gates ?? []);
  const loaded = loadedAt(state.measurements, created.repository.tree);
  const checks = pathsOf(visibleOf(state));
  const early = earlyAt(state.measurements, created.repository.tree);
  const contract = await contractOf(base, candidate, door, gates, rules, checks, loaded, examined.named, early);
  if (!to.check('E_GIT', contract !== null, 'the files that decide the recipe are in the repository') || !contract)
    return [];
  const { plan } = contract;
  const { recipe, tree } = examined.contract;
  const edits = recipe.kind === 'contract' ? recipe.edits : [];
  to.check('E_RECIPE', tree === contract.tree, `the base’s tests on the candidate are ${contract.tree}`);
  to.check('E_RECIPE', byPath(edits) === byPath(plan.edits), 'the recipe lists exactly the files that the rules name');
  const found =
    byPath(examined.contractChanges) === byPath(plan.changes) &&
    canonical([...examined.extended].sort()) === canonical([...plan.extended].sort());
  to.check('E_RECIPE', found, 'changed tests and runner files are all named');
  to.check(
    'E_RECIPE',
    canonical([...examined.policyPaths].sort()) === canonical([...plan.policyPaths].sort()),
    'changes of .omk/ are all named',
  );
  to.check('E_RECIPE', areBlobsOf(examined.changes, base, candidate), 'what each file was and became is named');
  if (examined.asks === undefined) return [[contract.tree, contract.entries]];
  const { asks, reversal } = examined;
  const met =
    canonical(examined.meets ?? []) === canonical(examined.meets ? contract.meets.slice(0, examined.meets.length) : []);
  const settled =
    met &&
    canonical([...asks].sort()) === canonical([...plan.asks].sort()) &&
    (reversal?.tree ?? null) === (contract.reversal?.tree ?? null) &&
    byPath(reversal?.edits ?? []) === byPath(plan.reversal);
  to.check('E_RECIPE', settled, 'what only a person can judge, and what runs settle, is named');
  return [contract, contract.reversal].flatMap((each) => (each ? [[each.tree, each.entries] as const] : []));
}

/** An answer of a person is about these. Logs of before do not name them. */
function areBlobsOf(
  changes: readonly PathChange[],
  base: readonly ListedEntry[],
  candidate: readonly ListedEntry[],
): boolean {
  const [old, now] = [base, candidate].map((side) => new Map(side.map((entry) => [entry.path, entry.id])));
  return changes.every(
    ({ path, before, after }) =>
      (before === undefined || before === (old?.get(path) ?? null)) &&
      (after === undefined || after === (now?.get(path) ?? null)),
  );
}

const byPath = (list: readonly { readonly path: RepoPath }[]): string =>
  canonical(
    [...list].sort((a, b) => {
      if (a.path < b.path) return -1;
      return a.path > b.path ? 1 : 0;
    }),
  );

async function listChecked(door: GitDoor, tree: TreeId, to: Recorder): Promise<readonly ListedEntry[] | null> {
  const entries = await door.listTree(tree);
  if (!to.check('E_GIT', entries !== null, `the tree ${tree} is in the repository`) || !entries) return null;
  return to.check('E_GIT', treeId(entries, tree.length) === tree, `the entries of ${tree} hash to it`) ? entries : null;
}
