import type { Command } from 'commander';
import type { Act } from '../act.ts';
import type { OpenPrFlags } from './goal/open-pr.ts';

const GOAL = 'a name, the beginning of one, or latest of this repository';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `omk goal open-pr` and what follows it. */
export function addDelivery(goal: Command, act: Act): void {
  goal
    .command('open-pr')
    .summary('push a ready result and open its pull request')
    .description(
      'Pushes a ready result to a branch of its own on the remote and opens a pull request whose text is made from the proof; run again, it finds that pull request and updates it. Nothing is forced, and your branches stay as they are.',
    )
    .argument('[goal]', GOAL, 'latest')
    .option('--draft', 'open it as a draft')
    .option('--title <text>', 'title (default: that of the goal)')
    .option('--label <name>', 'add a label (repeatable)', collect)
    .option('--reviewer <login>', 'ask for a review of this user, or org/team (repeatable)', collect)
    .option('--assignee <login>', 'assign this user (repeatable)', collect)
    .option('--remote <name>', 'remote to push to (default: the one that git pushes the branch to, else origin)')
    .option('--base <branch>', 'branch to merge into (default: the one that the goal began on, else the main one)')
    .option('--branch <name>', 'name of the new branch (default omk/<goal>; -2 and so on where that has other content)')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples:
  omk goal open-pr
  omk goal open-pr --draft --label bug --reviewer octocat
  omk goal open-pr g-20260131-abc123 --remote fork --base main

GitHub is used through gh where it is logged in, else with the token in GH_TOKEN. For other forges the branch is pushed and the
address that opens the pull request is printed.
Exit codes: 0 done, 2 usage, 3 not deliverable as it is, 4 remote, login or permission`,
    )
    .action((name: string, flags: OpenPrFlags & { json?: true }) =>
      act(flags.json, async (output) => (await import('./goal/open-pr.ts')).openPr(name, flags, output)),
    );
}
