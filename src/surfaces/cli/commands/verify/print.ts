import { ELSEWHERE, lacksResult, type VerifyReport } from '../../../../app/verify/report.ts';
import { clean } from '../../../../domain/text/clean.ts';
import type { Target } from '../../../../app/verify/target.ts';
import { printJson, type Output } from '../../output/print.ts';
import { coded } from '../../text/coded.ts';
import { provenLines } from '../../text/proven.ts';

/** A bundle that was checked, and how it was found. Absent: it was named. */
type Where = Pick<Target, 'folder'> &
  Partial<Pick<Target, 'found'>> & {
    /** By the verifier of one file, which runs nothing again. */
    readonly alone?: true;
  };

export function print(report: VerifyReport, target: Where, output: Output): void {
  if (output.json) return printJson(output, { ...report, bundle: target.folder, found: target.found ?? null });
  for (const each of report.checks.filter((each) => !each.ok))
    output.out(`  failed  ${coded(clean(each.text), each.code)}`);
  const held = report.checks.filter((each) => each.ok).length;
  if (report.reached === 'none' || !report.proven) {
    output.out(
      `not verified: ${report.checks.length - held} of ${report.checks.length} checks failed   ${target.folder}`,
    );
    return;
  }
  const reached = `${report.reached}${report.reached === report.asked ? '' : `, not ${report.asked}`}`;
  const { goal, status } = report.proven;
  const how = status === 'cancelled' ? 'was cancelled' : `ended ${status}`;
  output.out(`verified to ${reached}: ${goal} ${how}   (${held} checks)`);
  for (const line of [...foundLines(target, report), ...provenLines(report.proven), ...resultLines(target, report)])
    output.out(line);
}

/** A proof can be of a result that nobody delivered to this clone. */
function resultLines({ alone }: Where, { checks, proven }: VerifyReport): readonly string[] {
  const made = checks.find(({ ok, text }) => ok && text.endsWith(ELSEWHERE));
  if (made)
    return [`  note    ${made.text}`, ...(checks.some(({ ok, code }) => !ok && code === 'E_GIT') ? [FETCH] : [])];
  if (!lacksResult(checks, proven?.head ?? '')) return [];
  const without =
    '--replay and --rerun do without it, unless its patch is masked, or it had several tasks and no cassette';
  return [alone ? FETCH : `${FETCH}; ${without}`];
}

const FETCH = '  next    fetch the branch of the result';

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
