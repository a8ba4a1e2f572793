import { headOf, type Observed } from '../../domain/plan/command.ts';
import { commandFile } from '../format/names.ts';
import type { Files } from './limits.ts';
import type { Recorder } from './report.ts';

/** What the log shows of the output of commands is how that output begins. */
export function checkHeads(observed: readonly Observed[], files: Files, to: Recorder): void {
  const parts = observed.flatMap((each) => each.parts);
  if (parts.length === 0) return;
  const wrong = parts.find(({ blob, head }) => {
    const content = files.get(commandFile(blob.sha256));
    return content !== undefined && headOf(content) !== head;
  });
  to.check(
    'E_BLOB',
    wrong === undefined,
    wrong
      ? `the log has another beginning of ${wrong.name} of a command`
      : 'the log shows how the output of commands begins',
  );
}
