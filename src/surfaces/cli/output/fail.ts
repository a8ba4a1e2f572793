import { OmkError } from '../../../domain/error.ts';
import { clean } from '../../../domain/text/clean.ts';
import { printJsonLine, type Output } from './print.ts';

/** One clear sentence, the fix and the code; returns the exit code. An unknown error is a bug and says how to report it. */
export function fail(error: unknown, output: Output): number {
  if (error instanceof OmkError) {
    if (output.json) printJsonLine(output, { error: { code: error.code, message: error.message, fix: error.fix } });
    else output.err(`omk: ${clean(error.message)}\n     ${clean(error.fix)}   [${error.code}]`);
    return error.exit;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (output.json) printJsonLine(output, { error: { code: 'INTERNAL', message: text, fix: REPORT } });
  else output.err(`omk: an internal error, which is a bug in omk\n${clean(text)}\n     ${REPORT}   [INTERNAL]`);
  return 1;
}

const REPORT = 'please report it with the text above and the output of `omk doctor --json`';
