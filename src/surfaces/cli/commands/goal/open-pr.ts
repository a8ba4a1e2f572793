import { type OpenPrOptions, type Opened, openPullRequest } from '../../../../app/use/open-pr.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export interface OpenPrFlags {
  readonly draft?: true;
  readonly title?: string;
  readonly label?: readonly string[];
  readonly reviewer?: readonly string[];
  readonly assignee?: readonly string[];
  readonly remote?: string;
  readonly branch?: string;
  readonly base?: string;
}

export const optionsOf = (flags: OpenPrFlags): OpenPrOptions => ({
  remote: flags.remote ?? null,
  branch: flags.branch ?? null,
  base: flags.base ?? null,
  draft: flags.draft === true,
  title: flags.title ?? null,
  labels: flags.label ?? [],
  reviewers: flags.reviewer ?? [],
  assignees: flags.assignee ?? [],
});

export const openPr = (name: string, flags: OpenPrFlags, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const opened = await openPullRequest(world, goal, optionsOf(flags), new AbortController().signal, (notice) => {
      if (notice.kind === 'step' && !output.json) output.err(notice.text);
    });
    if (output.json) printJson(output, { goal, ...opened });
    else for (const line of openedLines(opened)) output.out(line);
    return 0;
  });

const HOW = { opened: 'opened', updated: 'updated', unchanged: 'is up to date' } as const;

export function openedLines(opened: Opened): readonly string[] {
  if (opened.kind === 'pushed')
    return [
      `pushed commit ${opened.commit.slice(0, 12)} to branch ${opened.branch} of ${opened.remote}`,
      opened.openAt === null
        ? 'open the pull request where that repository is hosted'
        : `open the pull request: ${opened.openAt}`,
      ...(opened.forkOf === undefined
        ? []
        : [`  ${opened.remote} is a fork of ${opened.forkOf}; --base ${opened.base} opens it in the fork itself`]),
    ];
  const { url, branch, base, draft } = opened.pullRequest;
  return [`${draft ? 'draft ' : ''}pull request ${HOW[opened.how]}: ${url}`, `  ${branch} into ${base}`];
}
