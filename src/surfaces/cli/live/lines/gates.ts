import { countLabels } from '../../../../domain/contract/labels/describe.ts';
import { classify } from '../../../../domain/contract/classify.ts';
import { notInstalled } from '../../../../domain/evidence/lacking.ts';
import type { Measurement } from '../../../../domain/gates/evidence.ts';
import { isPlanning } from '../../../../domain/goal/spending.ts';
import type { DataOf } from '../../../../domain/goal/state.ts';
import type { RepoPath } from '../../../../domain/ids.ts';
import type { Observed } from '../../../../domain/plan/command.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { duration } from '../../text/duration.ts';
import { many } from '../../text/many.ts';
import { list, short, type Lines } from './words.ts';

/** What was measured, and what it was measured on. */
export const GATE_LINES: Lines<
  | 'policy.resolved'
  | 'dependencies.prepared'
  | 'gate.measured'
  | 'checks.added'
  | 'facts.read'
  | 'command.observed'
  | 'candidate.examined'
  | 'candidate.hollowed'
  | 'tests.laid'
  | 'held_out.revealed'
> = {
  'policy.resolved': ({ policy: { gates, file } }) =>
    `gates from ${file === null ? 'detection' : file.path}: ${list(gates.map((gate) => gate.id))}`,
  'dependencies.prepared': ({ lacking, detail }) =>
    lacking ? cleanLine(notInstalled(detail), 400) : `dependencies: ${cleanLine(detail)}`,
  'gate.measured': measured,
  'checks.added': ({ gates }) => `checks added: ${list(gates.map((gate) => gate.id))}`,
  'facts.read': ({ tree, holds }) =>
    `facts of tree ${short(tree)}: ${holds.filter(Boolean).length} of ${holds.length} hold`,
  'command.observed': observedLine,
  'candidate.examined': examined,
  'candidate.hollowed': hollowed,
  'tests.laid': ({ candidate, changes }) =>
    changes.length === 0
      ? `tree ${short(candidate)}: changes no test of the head`
      : `tree ${short(candidate)}: as in the head while its tests judge: ${list(changes.map(({ path }) => path))}`,
  'held_out.revealed': ({ files }) => `held-out checks: ${list(files.map(({ path }) => path))}`,
};

const OF_HELD_OUT: Partial<Record<Measurement['purpose'], string>> = {
  canary: 'canary of held-out checks',
  oracle: 'held-out checks where they must fail',
};

function measured(measurement: Measurement): string {
  const { gate, purpose, round, tree, over, durationMs, cached } = measurement;
  const what = over === undefined ? purpose : (OF_HELD_OUT[purpose] ?? 'held-out checks');
  const again = round > 1 ? `${what}, again` : what;
  const when = isPlanning(purpose) ? `${what} ${round}` : again;
  return (
    `gate ${gate} (${when}) on ${short(tree)}: ${canarySays(measurement) ?? resultOf(measurement)}, ` +
    `${cached ? `from the cache (${cached.from.goal ?? 'omk gates run'}, ${cached.key.slice(0, 12)})` : `in ${duration(durationMs)}`}`
  );
}

function resultOf({ outcome: ended, report }: Measurement): string {
  if (report.kind === 'tests') return `${ending(ended)}, ${counted(report.tests)}`;
  return report.kind === 'unreadable' ? `${ending(ended)}, report ${report.why}` : ending(ended);
}

/** Of a run with planted tests, whose failures are what it is for; null for every other run. */
function canarySays({ purpose, canary, report }: Measurement): string | null {
  if (purpose === 'altered' && canary && report.kind === 'tests') {
    const failed = report.tests.failed.length;
    return `${many(failed, 'test')} ${failed === 1 ? 'fails' : 'fail'}, as other values stand where they say what they expect`;
  }
  if (purpose !== 'canary' || !canary || report.kind !== 'tests') return null;
  const { failed } = report.tests;
  const fails = [canary.name, ...(canary.names ?? [])].every((name) => failed.some((id) => id.endsWith(name)));
  return fails ? 'the planted tests fail, as they must' : 'a planted test was not reported as failed';
}

const counted = ({
  passed,
  failed,
  skipped,
}: { readonly [kind in 'passed' | 'failed' | 'skipped']: readonly string[] }): string =>
  `${passed.length} passed, ${failed.length} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;

function ending(ended: Measurement['outcome']): string {
  switch (ended.kind) {
    case 'exited':
      return `exit ${ended.code}`;
    case 'signalled':
      return `ended by ${ended.signal}`;
    case 'timed_out':
      return `timed out after ${duration(ended.afterMs)}`;
    case 'out_of_memory':
      return `did not end, ${cleanLine(ended.detail)}`;
    case 'not_started':
      return `did not run, ${cleanLine(ended.detail)}`;
  }
}

function observedLine({ of: kind, place, tree, round, wallMs, parts }: Observed): string {
  const result =
    wallMs === undefined ? parts.map(({ name, blob }) => `${name} ${short(blob.sha256)}`).join(', ') : `${wallMs} ms`;
  return `${kind} ${place + 1} on tree ${short(tree)}, run ${round}: ${result}`;
}

function examined(data: DataOf<'candidate.examined'>): string {
  const { candidate, changes, policyPaths, tests: labels } = data;
  const [tests, unshown] = laidOver(data);
  const policy = policyPaths.length === 0 ? '' : `; policy changed: ${list(policyPaths)}`;
  const labelled = labels ? `; tests: ${countLabels(labels)}` : '';
  return `tree ${short(candidate)}: ${many(changes.length, 'file')} changed${tests}${unshown}${labelled}${policy}`;
}

function hollowed({ candidate, tree, how, count }: DataOf<'candidate.hollowed'>): string {
  if (tree === null) return `tree ${short(candidate)}: only tests changed`;
  const done = how === 'emptied' ? `${many(count, 'function')} emptied` : 'everything except its tests reverted';
  return `tree ${short(candidate)}: ${done}, to check that its tests fail`;
}

/** What is the base's while its tests judge, by why: it judges, or nothing shows that it is the product, which runs then settle. */
function laidOver({ contractChanges, asks }: DataOf<'candidate.examined'>): readonly [string, string] {
  const isUnshown = ({ path }: { readonly path: RepoPath }): boolean =>
    asks?.includes(path) === false && classify(path) === 'source';
  const named = (words: string, changes: typeof contractChanges): string =>
    changes.length === 0 ? '' : `; ${words}: ${list(changes.map(({ path }) => path))}`;
  return [
    named(
      'tests or runner changed',
      contractChanges.filter((each) => !isUnshown(each)),
    ),
    named('not shown to be the product', contractChanges.filter(isUnshown)),
  ];
}
