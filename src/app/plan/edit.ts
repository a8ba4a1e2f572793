import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OmkError } from '../../domain/error.ts';
import type { PlanDocument } from '../../domain/plan/document.ts';
import type { GivenPlan } from '../../engine/commands/given-plan.ts';
import { openEditor } from '../../world/process/editor.ts';
import { environment } from '../here.ts';
import { readPlan } from './read.ts';

/** The plan as a person leaves it in their editor; null where they left it as it was. `OmkError` `PLAN_*`. */
export async function editedPlan(document: PlanDocument): Promise<GivenPlan | null> {
  const { VISUAL, EDITOR } = environment();
  const editor = VISUAL ?? EDITOR ?? '';
  if (editor === '' || process.stdin.isTTY !== true)
    throw new OmkError(
      'FLAG_INVALID',
      'No editor can be opened here',
      'set EDITOR, or omk goal plan --edit --from <file>',
    );
  const folder = await mkdtemp(join(tmpdir(), 'omk-plan-'));
  const file = join(folder, 'plan.json');
  try {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    await writeFile(file, text);
    await openEditor(editor, file);
    return (await readFile(file, 'utf8')) === text ? null : await readPlan(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
