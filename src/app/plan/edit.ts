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
  if (process.stdin.isTTY !== true)
    throw new OmkError('FLAG_INVALID', 'An editor needs a terminal', 'omk goal plan --edit --from <file>');
  if (editor === '')
    throw new OmkError('FLAG_INVALID', 'No editor is set', 'set EDITOR, or omk goal plan --edit --from <file>');
  const folder = await mkdtemp(join(tmpdir(), 'omk-plan-'));
  const file = join(folder, 'plan.json');
  const text = `${JSON.stringify(document, null, 2)}\n`;
  await writeFile(file, text);
  const code = await openEditor(editor, file);
  const isSame = (await readFile(file, 'utf8')) === text;
  if (isSame) await rm(folder, { recursive: true, force: true });
  if (code !== 0) throw notEdited(editor, code, isSame ? null : file);
  if (isSame) return null;
  // What does not hold stays where it is: it is a person's work.
  const plan = await readPlan(file).catch((cause: unknown) => {
    if (!(cause instanceof OmkError)) throw cause;
    throw new OmkError(cause.code, cause.message, `mend it there, then omk goal plan --edit --from ${file}`, { cause });
  });
  await rm(folder, { recursive: true, force: true });
  return plan;
}

const notEdited = (editor: string, code: number | null, kept: string | null): OmkError =>
  new OmkError(
    'FLAG_INVALID',
    `The editor '${editor}' ended with ${code === null ? 'a signal' : `exit code ${code}`}, and the plan is as it was`,
    kept === null
      ? 'set EDITOR, or omk goal plan --edit --from <file>'
      : `what you wrote is kept: omk goal plan --edit --from ${kept}`,
  );
