import { clean } from '../../../../domain/text/clean.ts';
import type { VerifyReport } from '../../../../proof/verify/report.ts';
import { printJson, type Output } from '../../output/print.ts';

export function print(report: VerifyReport, target: { readonly folder: string }, output: Output): void {
  if (output.json) return printJson(output, { ...report, bundle: target.folder });
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
  output.out(`  key     ${keyid} (${clean(signer)})`);
  output.out(`  levels  ${levels.join(', ')}`);
  for (const gap of gaps)
    output.out(`  ${gap.kind === 'known' ? 'limit ' : 'gap   '}  ${gap.code}: ${clean(gap.text)}`);
  if (redacted > 0) output.out(`  note    ${redacted} recorded files are not in the bundle`);
}
