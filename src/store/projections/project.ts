import { fold } from '../../domain/transition/evolve.ts';
import type { LogLine } from '../port.ts';
import { artifacts } from './artifacts.ts';
import { budgetLines, costLines } from './budget.ts';
import { decisions } from './decisions.ts';
import { failure } from './failure.ts';
import { goalJson } from './goal-json.ts';
import { prd } from './prd.ts';
import { taskGraph } from './task-graph.ts';
import { technicalPlan } from './technical-plan.ts';
import { testSpec } from './test-spec.ts';
import type { Sha256 } from '../../domain/ids.ts';

/**
 * The files of a goal's folder, by their path in it with `/` between parts. The same log and blobs give the same bytes.
 * A blob that is lost shows as `<file>.missing`, which says so.
 */
export async function projectGoal(
  lines: readonly LogLine[],
  blob: (sha256: Sha256) => Promise<Uint8Array | null>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const events = lines.map((line) => line.event);
  const state = fold(events);
  const texts: readonly (readonly [string, string | null])[] = [
    ['goal.json', goalJson(state, lines)],
    ['events.jsonl', lines.map(({ line }) => `${line}\n`).join('')],
    ['prd.md', prd(state)],
    ['technical-plan.md', technicalPlan(state)],
    ['test-spec.md', testSpec(state)],
    ['task-graph.json', taskGraph(state)],
    ['decisions.jsonl', decisions(events)],
    ['cost.jsonl', costLines(events, state.created?.goal ?? '')],
    ['budget-events.jsonl', budgetLines(events, state.created?.goal ?? '')],
    ['failure.json', failure(state, events)],
  ];
  const files = new Map<string, Uint8Array>();
  for (const [path, text] of texts) if (text !== null) files.set(path, Buffer.from(text));
  for (const artifact of artifacts(events)) {
    const content = await blob(artifact.blob.sha256);
    if (content === null)
      files.set(`${artifact.path}.missing`, Buffer.from(`Blob ${artifact.blob.sha256} is not in the store.\n`));
    else files.set(artifact.path, content);
  }
  return files;
}
