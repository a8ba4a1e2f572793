import type { GoalState } from '../../domain/goal/state.ts';
import type { Task } from '../../domain/plan/plan.ts';
import { code, commandLine, list, oneLine, page, quote } from './text.ts';

/** `technical-plan.md`: from where, by whom, within which limits, in which tasks. */
export function technicalPlan({ created, plan, dependencies }: GoalState): string {
  return page(
    `# Technical plan: ${oneLine(created?.title ?? 'Untitled')}`,
    '## Base',
    created === null ? 'Not known.' : base(created.repository),
    '## Agent',
    created === null ? 'Not known.' : agentText(created),
    '## Limits',
    created === null ? 'Not known.' : limits(created.options),
    '## Dependencies',
    dependencies === null
      ? 'Not prepared yet.'
      : `${oneLine(dependencies.detail)} Layer: ${dependencies.layer === null ? 'none' : code(dependencies.layer)}.`,
    '## Tasks',
    plan === null ? 'Not planned yet.' : plan.tasks.map(task).join('\n\n') || 'No task.',
  );
}

const agentText = ({ agent }: Created): string =>
  agent ? `${oneLine(agent.name)}: ${code(commandLine(agent.argv))}` : 'None: the change is given.';

type Created = NonNullable<GoalState['created']>;

const base = ({ root, commit, tree, branch, dirty }: Created['repository']): string =>
  list(
    [
      `repository ${code(root)}, ${branch === null ? 'no branch' : `branch ${code(branch)}`}`,
      `commit ${code(commit)}, tree ${code(tree)}`,
      ...(dirty ? ['the checkout had uncommitted changes, which are not part of this run'] : []),
    ],
    '',
  );

const limits = ({ maxAttempts, maxTurns, turnTimeoutMs, idleTimeoutMs }: Created['options']): string =>
  list(
    [
      `attempts: ${maxAttempts}`,
      `turns: ${maxTurns}`,
      `one turn: ${turnTimeoutMs} ms, without a sign of life: ${idleTimeoutMs} ms`,
    ],
    '',
  );

const task = ({ id, title, brief, needs, writes, criteria }: Task): string =>
  [
    `### ${oneLine(id)}: ${oneLine(title)}`,
    quote(brief),
    list(
      [
        `needs: ${needs.map(oneLine).join(', ') || 'nothing'}`,
        `may write: ${writes.map(code).join(', ') || 'everything that is not protected'}`,
        `criteria: ${criteria.map(oneLine).join(', ') || 'none'}`,
      ],
      '',
    ),
  ].join('\n\n');
