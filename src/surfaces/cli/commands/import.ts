import { readAncestor } from '../../../app/use/import.ts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import { keepImported } from '../../../app/imported.ts';
import { printJson, type Output } from '../output/print.ts';
import { ancestorStateDirs } from '../../../app/paths.ts';
import { IMPORTED_HEAD, importedRow } from '../text/imported.ts';
import { table } from '../text/table.ts';
import { environment } from '../../../app/here.ts';

/** Reads the goals of omk 0.5.0 and keeps them as history. Nothing of 0.5.0's is changed; a second import brings what is new. */
export async function importAncestor(from: string | null, output: Output): Promise<number> {
  const directory = from === null ? ownPlace() : resolve(from);
  const goals = existsSync(directory) ? await readAncestor(directory) : [];
  if (goals.length === 0)
    throw new OmkError(
      'IMPORT_NOTHING',
      `There are no goals of omk 0.5.0 in ${directory}`,
      'omk import 0.5.0 --from <its state directory>: the one with a folder goals/ in it',
    );
  for (const goal of goals) await keepImported(goal);
  if (output.json) printJson(output, { from: directory, goals });
  else {
    for (const line of table(IMPORTED_HEAD, goals.map(importedRow), { columns: output.columns })) output.out(line);
    output.out(`${goals.length} imported from ${directory} as history: omk goal list --imported, omk goal show <goal>`);
  }
  return 0;
}

function ownPlace(): string {
  const places = ancestorStateDirs(environment());
  return places.find((each) => existsSync(each)) ?? places.at(-1) ?? '';
}
