import { OmkError } from '../../../../domain/error.ts';
import { listImported, readImported } from '../../../../app/imported.ts';
import { printJson, type Output } from '../../output/print.ts';
import { IMPORTED_HEAD, importedLines, importedRow } from '../../text/imported.ts';
import { table } from '../../text/table.ts';

/** The goals of 0.5.0 that were imported. */
export async function imported(output: Output): Promise<number> {
  const goals = await listImported();
  if (output.json) printJson(output, goals);
  else if (goals.length === 0) output.err('none yet: omk import 0.5.0');
  else for (const line of table(IMPORTED_HEAD, goals.map(importedRow), { columns: output.columns })) output.out(line);
  return 0;
}

export async function showImported(name: string, output: Output): Promise<number> {
  const goal = await readImported(name);
  if (goal === null) throw new OmkError('GOAL_NOT_FOUND', `There is no imported goal '${name}'`, 'omk import 0.5.0');
  if (output.json) printJson(output, goal);
  else for (const line of importedLines(goal)) output.out(line);
  return 0;
}
