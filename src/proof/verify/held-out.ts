import { canonical } from '../../domain/canonical.ts';
import { laidOver } from '../../domain/git/laid-over.ts';
import { commitmentText, type WrongFile } from '../../domain/evidence/held-out.ts';
import { namedByChecks } from '../../domain/held-out/named.ts';
import { heldOutOf, hiddenOf, visibleOf } from '../../domain/held-out/options.ts';
import type { TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../format/bytes.ts';
import { heldOutFile } from '../format/names.ts';
import type { ListedEntry } from './git/door.ts';
import { objectId, treeId } from './git/tree-id.ts';
import type { Files } from './limits.ts';
import type { Judged } from './judged.ts';
import type { Recorder } from './report.ts';

/** V0: what is revealed is what the first event of the log committed to. */
export function checkCommitment({ state }: Judged, to: Recorder): void {
  const committed = heldOutOf(state);
  if (!committed) return;
  const { revealed } = state;
  if (!revealed) {
    // Never a ready run: that the status has shown.
    to.check('E_HELD_OUT', true, `held-out checks are committed to by ${committed.commitment}, and not revealed`);
    return;
  }
  to.check(
    'E_HELD_OUT',
    sha256Hex(commitmentText(revealed)) === committed.commitment,
    `the held-out checks are those committed to by ${committed.commitment}`,
  );
  const paths = canonical(revealed.files.map(({ path }) => path).sort()) === canonical([...committed.paths].sort());
  to.check('E_HELD_OUT', paths, 'the held-out checks have the paths they were said to have');
}

/** V1: every run with held-out checks judged the tree that they make, and the wrong solution is one of this base. */
export function checkLaid(
  facts: Judged,
  files: Files,
  base: readonly ListedEntry[],
  trees: ReadonlyMap<TreeId, readonly ListedEntry[]>,
  to: Recorder,
): void {
  const { revealed } = facts.state;
  const committed = heldOutOf(facts.state);
  if (!committed || !revealed) return;
  const idLength = facts.created.repository.tree.length;
  const checks = entriesOf(revealed.files, files, idLength);
  const wrong = entriesOf(
    revealed.wrong.filter(({ blob }) => blob !== null),
    files,
    idLength,
  );
  if (
    !to.check('E_HELD_OUT', checks !== null && wrong !== null, 'the files of the held-out checks are in the bundle') ||
    !checks ||
    !wrong
  )
    return;
  checkVisible(facts, checks, trees, to);
  checkNamed(facts, files, base, trees, to);
  const there = new Set(base.map(({ path }) => path));
  const replaces = committed.paths.filter((path) => there.has(path));
  to.check(
    'E_HELD_OUT',
    canonical(replaces) === canonical(committed.replaces ?? []),
    'the files of the base that held-out checks replace are all named',
  );
  const gone = new Set(revealed.wrong.filter(({ blob }) => blob === null).map(({ path }) => path));
  const oracle = laidOver(
    base.filter(({ path }) => !gone.has(path)),
    wrong,
  );
  to.check(
    'E_HELD_OUT',
    treeId(oracle, idLength) === committed.oracle,
    `the checks had to fail on ${committed.oracle}`,
  );
  const known = new Map([...trees, [committed.oracle, oracle]]);
  for (const gate of facts.rules.statedGates(facts)) {
    for (const { over, tree, purpose, round } of facts.rules.runsOf(facts, gate)) {
      const entries = over === undefined ? undefined : known.get(over);
      const laid = entries && treeId(laidOver(entries, checks), idLength);
      if (over !== undefined)
        to.check(
          'E_HELD_OUT',
          laid === tree,
          `${purpose} ${round} of gate ${gate.id} judged ${over} with the held-out checks`,
        );
    }
  }
}

/** What was let into the contract tree because hidden checks name it is what they name. */
function checkNamed(
  { state, candidate, examined }: Judged,
  files: Files,
  base: readonly ListedEntry[],
  trees: ReadonlyMap<TreeId, readonly ListedEntry[]>,
  to: Recorder,
): void {
  const listed = candidate === null ? undefined : trees.get(candidate);
  if (!examined?.named || !listed) return;
  const hidden = new Set(hiddenOf(state));
  const texts = (state.revealed?.files ?? []).flatMap(({ path, blob }) => {
    const content = hidden.has(path) ? files.get(heldOutFile(blob.sha256)) : undefined;
    return content ? [{ path, text: new TextDecoder().decode(content) }] : [];
  });
  const there = new Set(base.map(({ path }) => path));
  const added = listed.map(({ path }) => path).filter((path) => !there.has(path));
  const named = canonical([...examined.named].sort()) === canonical([...namedByChecks(texts, added)].sort());
  to.check('E_HELD_OUT', named, 'new files that count as used by held-out checks are used by them');
}

/** What the agent saw of the checks is part of the candidate, as it was given. */
function checkVisible(
  { state, candidate }: Judged,
  checks: readonly ListedEntry[],
  trees: ReadonlyMap<TreeId, readonly ListedEntry[]>,
  to: Recorder,
): void {
  const paths = new Set(visibleOf(state).map(({ path }) => path));
  const listed = candidate === null ? undefined : trees.get(candidate);
  if (paths.size === 0 || listed === undefined) return;
  const there = new Set(listed.map(asText));
  const kept = checks.filter(({ path }) => paths.has(path)).every((entry) => there.has(asText(entry)));
  to.check('E_HELD_OUT', kept, 'the checks that the agent saw are in the candidate as they were given');
}

const asText = ({ path, mode, id }: ListedEntry): string => canonical({ path, mode, id });

/** As git names them; null where one is not in the bundle. Their bytes have been compared with their digests. */
function entriesOf(listed: readonly WrongFile[], files: Files, idLength: number): readonly ListedEntry[] | null {
  const entries = listed.flatMap(({ path, mode, blob }) => {
    const content = files.get(heldOutFile(blob?.sha256 ?? ''));
    return content ? [{ path, mode, id: objectId('blob', content, idLength) }] : [];
  });
  return entries.length === listed.length ? entries : null;
}
