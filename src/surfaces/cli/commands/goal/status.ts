import { glance } from '../../../../domain/goal/glance.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { questionLines } from '../../text/question.ts';
import { printJson, type Output } from '../../output/print.ts';

export const status = (name: string, output: Output): Promise<number> =>
  withGoal(name, async (store, summary) => {
    const lines = await store.read(summary.goal);
    const { agent, attempt, turn, question } = glance(lines.map((line) => line.event));
    const worker = summary.status === 'running' ? await store.holder(summary.goal) : null;
    if (output.json) {
      printJson(output, { ...summary, attempt, turn, question, events: lines.length, worker: worker?.name ?? null });
      return 0;
    }
    const interrupted = summary.status === 'running' && worker === null;
    output.out(`${interrupted ? 'interrupted' : summary.status}  ${summary.goal}  ${cleanLine(summary.title, 72)}`);
    if (attempt !== null)
      output.out(
        `  attempt ${attempt}${turn === null ? '' : `, turn ${turn}`} of ${cleanLine(agent ?? 'an unknown agent')}`,
      );
    if (summary.status === 'running')
      output.out(worker ? `  ${worker.name} works on it` : `  no process works on it: omk goal resume ${summary.goal}`);
    output.out(`  updated ${summary.updatedAt}, ${lines.length} events`);
    if (question)
      for (const [index, line] of questionLines(question, ' '.repeat(12)).entries())
        output.out(index === 0 ? `  question: ${line}` : line);
    return 0;
  });
