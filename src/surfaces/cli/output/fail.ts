import { staleBuild } from '../../../app/use/stale-build.ts';
import { inWords } from '../../../domain/disk-error.ts';
import { OmkError } from '../../../domain/error.ts';
import { clean } from '../../../domain/text/clean.ts';
import { printJsonLine, type Output } from './print.ts';
import { lostOutput } from './streams.ts';

/** One clear sentence, the fix and the code; returns the exit code. An unknown error is a bug and says how to report it. */
export function fail(error: unknown, output: Output): number {
  const json = output.json && lostOutput('stdout') === null;
  const known = inWords(error) ?? ofStaleBuild();
  if (known !== null) {
    if (json) printJsonLine(output, { error: { code: known.code, message: known.message, fix: known.fix } });
    else output.err(`omk: ${clean(known.message)}\n     ${clean(known.fix)}   [${known.code}]`);
    return known.exit;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) printJsonLine(output, { error: { code: 'INTERNAL', message: text, fix: REPORT } });
  else output.err(`omk: an internal error, which is a bug in omk\n${clean(text)}\n     ${REPORT}   [INTERNAL]`);
  return 1;
}

/** A bug that a newer build may not have is not reported but built away. */
function ofStaleBuild(): OmkError | null {
  const [, program = ''] = process.argv;
  const clone = staleBuild(program);
  return clone === null
    ? null
    : new OmkError('BUILD_STALE', 'This build of omk is older than its sources', `npm run build in ${clone}`);
}

const REPORT = 'please report it with the text above and the output of `omk doctor --json`';
