import type { Entry } from './entry.ts';
import type { Counts, Result, Trial } from './result.ts';

const said = (trial: Trial | undefined): string => {
  if (trial === undefined) return '–';
  return trial.good ? 'yes' : `**${trial.status}**`;
};

/** A function that does nothing is not delivered. */
const refused = (trial: Trial | undefined): string => (trial?.good ? 'refused' : said(trial));

const caught = (cheats: Result['cheats']): string => {
  const all = Object.values(cheats ?? {});
  if (all.length === 0) return '–';
  return `${all.filter(({ good }) => good).length} of ${all.length}`;
};

const green = ({ gates }: Result): string => {
  if (gates === undefined) return '–';
  return gates.good ? 'yes' : '**no**';
};

const tests = (counts: Counts | null | undefined): string =>
  counts ? `${counts.passed} + ${counts.failed} + ${counts.skipped}` : '–';

/** omk's time against that of its gates by hand: the plain command once for each gate that was executed. */
function overhead({ fix, gates }: Result): number | null {
  if (fix === undefined || gates === undefined || fix.gateRuns === 0) return null;
  const perRun = gates.plain.seconds / Math.max(1, gates.omk.gates.length);
  return fix.seconds / (perRun * fix.gateRuns);
}

/** Every trial of a repository was as it should be; what was not tried does not count. */
export const isGood = ({ gates, fix, feature, hollow, reformat, cheats }: Result): boolean =>
  gates?.good === true &&
  fix?.good === true &&
  [feature, hollow, reformat, ...Object.values(cheats ?? {})].every((trial) => trial === undefined || trial.good);

const HEAD = [
  'repository',
  'ecosystem',
  'gates as by hand',
  'passed + failed + skipped',
  'fix',
  'feature',
  'hollow',
  'reformat',
  'cheats stopped',
  'overhead',
  'MiB',
];

const row = (result: Result): readonly string[] => {
  const ratio = overhead(result);
  return [
    result.name,
    result.ecosystem,
    green(result),
    tests(result.gates?.omk.counts),
    said(result.fix),
    said(result.feature),
    refused(result.hollow),
    said(result.reformat),
    caught(result.cheats),
    ratio === null ? '–' : `× ${ratio.toFixed(1)}`,
    result.diskMiB === undefined ? '–' : `${Math.round(result.diskMiB)}`,
  ];
};

function causes(result: Result): readonly string[] {
  const trials = Object.entries({
    fix: result.fix,
    feature: result.feature,
    hollow: result.hollow,
    reformat: result.reformat,
    ...result.cheats,
  });
  const all = [
    ...(result.gates && !result.gates.good ? [['gates', result.gates.causes] as const] : []),
    ...trials.flatMap(([name, trial]) => (trial && !trial.good ? [[name, trial.causes] as const] : [])),
  ];
  return all.map(([what, why]) => `- ${result.name}, ${what}: ${why[0] ?? 'no cause was said'}`);
}

/** Markdown: what came of each, and the first sentence that omk says where it was not as it should be. */
export function markdown(results: readonly Result[], list: readonly Entry[]): string {
  const lines = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const good = results.filter(isGood).length;
  const missing = list.filter(({ name }) => !results.some((result) => result.name === name)).map(({ name }) => name);
  const why = results.flatMap(causes);
  return [
    `${good} of ${results.length} as they should be${missing.length === 0 ? '' : `; not run: ${missing.join(', ')}`}.`,
    '',
    lines(HEAD),
    lines(HEAD.map(() => '---')),
    ...results.map((result) => lines(row(result))),
    ...(why.length === 0 ? [] : ['', ...why]),
    '',
  ].join('\n');
}
