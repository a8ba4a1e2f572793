import { EXIT_CODES } from '../../../../domain/goal/status.ts';
import { replayRun } from '../../../../app/replay-run.ts';
import { check } from '../../../../app/verify/check.ts';
import type { VerifyFlags } from '../../../../app/verify/flags.ts';
import type { Target } from '../../../../app/verify/target.ts';
import type { Live } from '../../../../app/compose.ts';
import { printJson, type Output } from '../../output/print.ts';
import { replayedLines } from '../../text/replayed.ts';
import { print } from './print.ts';

/** V3: the proof to V1, and its run made again from its cassette. The exit code is the status only when both hold. */
export async function verifyReplay(world: Live, target: Target, flags: VerifyFlags, output: Output): Promise<number> {
  const { report } = await check(world, target, 'V1', flags);
  const holds = report.reached === 'V1' && target.found?.by !== 'patch' && report.proven !== null;
  const name = target.own?.goal ?? target.folder;
  const { goal: _goal, ...replayed } =
    report.reached !== 'none'
      ? await replayRun(name, 'recorded')
      : { goal: '', kind: 'not_replayable' as const, why: 'the log of the proof does not hold' };
  if (output.json)
    printJson(output, {
      ...report,
      bundle: target.folder,
      found: target.found,
      replay: replayed,
    });
  else {
    print(report, target, output);
    for (const line of replayedLines(replayed)) output.out(line);
  }
  return holds && replayed.kind === 'reproduced' && report.proven ? EXIT_CODES[report.proven.status] : 3;
}
