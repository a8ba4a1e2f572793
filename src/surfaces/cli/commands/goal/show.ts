import { projectGoal, writeGoalFolder } from '../../../../app/use/goal-folder.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inWords } from '../../../../domain/disk-error.ts';
import { evolve } from '../../../../domain/transition/evolve.ts';
import { readiness } from '../../../../domain/judge/readiness.ts';
import { EMPTY_STATE } from '../../../../domain/goal/state.ts';
import { clean } from '../../../../domain/text/clean.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { ensureProof } from '../../../../app/made-proof.ts';
import { trackTasks, type LiveTask } from '../../../../app/live/tasks.ts';
import { plainLine } from '../../live/plain.ts';
import { verdictLines } from '../../live/verdicts.ts';
import { printJson, type Output } from '../../output/print.ts';
import { goalFolder, stateDir } from '../../../../app/paths.ts';
import { diskOf } from '../../../../app/use/disk.ts';
import { diskLine } from '../../text/disk.ts';
import { taskTable, tasksJson } from '../../text/task-table.ts';
import { narrate } from '../../../../app/narrative/narrate.ts';
import { narrativeText } from '../../text/narrate.ts';
import { environment } from '../../../../app/here.ts';
import { many } from '../../text/many.ts';

export const show = (name: string, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const lines = await store.read(goal);
    await ensureProof(goal, lines).catch((error: unknown) => {
      const known = inWords(error);
      if (known === null) throw error;
      output.err(`note: its proof cannot be made now: ${clean(known.message)}\n      ${clean(known.fix)}`);
    });
    let state = EMPTY_STATE;
    const told: string[] = [];
    let tasks: readonly LiveTask[] = [];
    for (const { event } of lines) {
      state = evolve(state, event);
      tasks = trackTasks(tasks, { kind: 'event', event, state });
      for (const line of [...verdictLines({ kind: 'event', event, state }), plainLine(event)])
        told.push(`${event.ts.slice(11, 19)}  ${line}`);
    }
    const folder = goalFolder(environment(), goal);
    const disk = await diskOf(stateDir(environment()), goal);
    if (output.json) {
      printJson(output, {
        goal,
        status: state.status,
        folder,
        disk,
        gaps: readiness(state),
        tasks: tasksJson(state, tasks),
        state,
      });
      return 0;
    }
    for (const line of told) output.out(line);
    const deserted = state.status === 'running' && (await store.holder(goal)) === null;
    const narrative = narrate(state, { goal, folder, deserted });
    for (const line of narrativeText(narrative, { goal, colour: output.colour })) output.out(line);
    for (const line of [...taskTable(state, tasks, disk, output.columns), ...diskLine(disk)]) output.out(line);
    return 0;
  });

/** Makes the folder's files again from the log and says whether they are what lies there, byte for byte. */
export const rebuild = (name: string, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const folder = goalFolder(environment(), goal);
    const lines = await store.read(goal);
    const files = await projectGoal(lines, (sha256) => store.getBlob(sha256));
    const differing: string[] = [];
    for (const [path, content] of files) {
      const there = await readFile(join(folder, path)).catch(() => null);
      if (!there?.equals(content)) differing.push(path);
    }
    await writeGoalFolder(folder, files);
    await ensureProof(goal, lines, true);
    if (output.json) printJson(output, { goal, folder, files: files.size, rebuilt: differing });
    else if (differing.length === 0)
      output.out(
        `${many(files.size, 'file')} of ${folder} ${files.size === 1 ? 'is' : 'are'} byte-identical to the log`,
      );
    else
      output.out(
        `${differing.length} of ${files.size} files differed and are rebuilt: ${differing.slice(0, 10).join(', ')}`,
      );
    return 0;
  });
