import type { OmkError } from '../../domain/error.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { DocumentProblem, PlanDocument } from '../../domain/plan/document.ts';
import type { Sha256, TreeId } from '../../domain/ids.ts';
import type { LaidFile, Vault } from '../../world/git/port.ts';
import type { HeldOutRequest } from '../held-out/seal.ts';

/** A plan that a person gave, read once. */
export interface GivenPlan {
  readonly document: PlanDocument;
  /** Of its file. */
  readonly sha256: Sha256;
  /** The test files that come with it. */
  readonly files: readonly LaidFile[];
  /** The error about a place in it. */
  readonly wrong: (problem: DocumentProblem) => OmkError;
}

/** `OmkError` `PLAN_INVALID` when a criterion names a gate that there is not, or a test file that the base has. */
export async function checkPlan(
  plan: GivenPlan,
  gates: readonly GateSpec[],
  vault: Pick<Vault, 'listTree'>,
  base: TreeId,
): Promise<void> {
  checkGates(plan, gates);
  if (plan.files.length === 0) return;
  const there = new Set((await vault.listTree(base)).map(({ path }) => path));
  const index = plan.document.criteria.findIndex(({ files = [] }) => files.some((path) => there.has(path)));
  if (index >= 0)
    throw plan.wrong({
      at: ['criteria', index, 'files'],
      rule: 'the base has a file of that name already; name its tests with tests = ["…"]',
    });
}

/** The test files of a plan as checks that the agent sees, beside those that are held out. */
export function withFiles(heldOut: HeldOutRequest | null, { files }: GivenPlan): HeldOutRequest | undefined {
  if (files.length === 0) return heldOut ?? undefined;
  const visible = new Set(files.map(({ path }) => path));
  const hidden = (heldOut?.files ?? []).filter(({ path }) => !visible.has(path));
  return { wrong: null, hidden: [], ...heldOut, files: [...hidden, ...files], visible };
}

/** `OmkError` `PLAN_INVALID` when a criterion names a gate that there is not. */
export function checkGates({ document, wrong }: GivenPlan, gates: readonly GateSpec[]): void {
  const known = gates.map(({ id }) => id);
  const index = document.criteria.findIndex(({ gate }) => gate !== undefined && !known.includes(gate));
  const gate = document.criteria[index]?.gate;
  if (gate !== undefined)
    throw wrong({
      at: ['criteria', index, 'gate'],
      rule: `there is no gate '${gate}'; the gates are: ${known.join(', ') || 'none'}`,
    });
}
