import { clean } from '../../../../domain/text/clean.ts';
import type { VerifyReport } from '../../../../proof/verify/report.ts';
import type { Target } from './target.ts';
import { printJson, type Output } from '../../output/print.ts';

/** A bundle that was checked, and how it was found. Absent: it was named. */
type Where = Pick<Target, 'folder'> & Partial<Pick<Target, 'found'>>;

export function print(report: VerifyReport, target: Where, output: Output): void {
  if (output.json) return printJson(output, { ...report, bundle: target.folder, found: target.found ?? null });
  for (const each of report.checks.filter((each) => !each.ok))
    output.out(`  failed  ${each.code}: ${clean(each.text)}`);
  const held = report.checks.filter((each) => each.ok).length;
  if (report.reached === 'none' || !report.proven) {
    output.out(
      `not verified: ${report.checks.length - held} of ${report.checks.length} checks failed   ${target.folder}`,
    );
    return;
  }
  const { status, goal, base, head, keyid, signer, levels, gaps, redacted } = report.proven;
  output.out(
    `verified to ${report.reached}${report.reached === report.asked ? '' : `, not ${report.asked}`}: ` +
      `${goal} ended ${status}   (${held} checks)`,
  );
  output.out(`  base    ${base}${head === null ? '' : `\n  result  ${head}`}`);
  for (const line of foundLines(target, report)) output.out(line);
  output.out(`  key     ${keyid} (${clean(signer)})`);
  output.out(`  levels  ${levels.join(', ')}`);
  for (const gap of gaps)
    output.out(`  ${gap.kind === 'known' ? 'limit ' : 'gap   '}  ${gap.code}: ${clean(gap.text)}`);
  if (redacted > 0) output.out(`  note    ${redacted} recorded files are not in the bundle`);
}

/** What a proof shows of the commit that was named, where it is the proof of another. */
export function foundLines({ found }: Partial<Pick<Target, 'found'>>, { proven }: VerifyReport): readonly string[] {
  const commit = found?.commit.slice(0, 12) ?? '';
  if (found?.by === 'tree')
    return [
      `  found   by its tree: ${commit} is another commit with the very tree that was judged.`,
      '          What is shown of the tree holds for it; nothing is shown of its parents, author and message',
    ];
  const [tree, base] = [proven?.candidate, proven?.base].map((id) => id?.slice(0, 12) ?? '');
  if (found?.by === 'patch')
    return [
      `  found   by its change: ${commit} makes the same change as the proven tree ${tree}, on another base.`,
      `          This shows that the change is the one that was judged, on ${base}. It does not show that the gates`,
      `          pass on ${commit}: nothing was run on its tree`,
    ];
  return [];
}
