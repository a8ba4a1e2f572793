import type { Command } from 'commander';
import { collect } from './arguments.ts';
import type { Act } from '../act.ts';
import type { MergeFlags } from './goal/merge.ts';
import type { OpenPrFlags } from './goal/open-pr.ts';

const GOAL = 'a name, the beginning of one, or latest of this repository';

/** `omk goal open-pr` and what follows it. */
export function addDelivery(goal: Command, act: Act): void {
  goal
    .command('open-pr')
    .summary('push a ready result and open its pull request')
    .description(
      'Pushes a ready result to a branch of its own on the remote and opens a pull request whose text is made from ' +
        'the proof; run again, it finds that pull request and updates it. Nothing is forced, and your branches stay ' +
        'as they are.',
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
    .option('--in-fork', 'where the remote is a fork: open it there, and not in the repository above it')
    .option('--no-proof', 'do not push the proof to refs/omk/proofs of the remote')
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
  goal
    .command('merge')
    .summary('merge the pull request of a goal at the proven commit')
    .description(
      'Merges the pull request of a goal: only the commit whose proof verifies, and with gated (the default) only when ' +
        'its required checks passed and its base has not moved. What came of it is compared with what was proven.',
    )
    .argument('[goal]', GOAL, 'latest')
    .option('--merge-policy <policy>', 'disabled, manual or gated (default: as the run was started, else gated)')
    .option('--method <method>', 'merge, squash or rebase (default: the first that the repository allows)')
    .option('--wait <duration>', 'how long to wait for checks, such as 30m (default: not at all)')
    .option('--remote <name>', 'remote of the pull request')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples:
  omk goal merge
  omk goal merge --method squash --wait 30m

Exit codes: 0 merged as proven, 2 usage, 3 not mergeable, or merged with a tree that was not proven, 4 checks are pending; remote or login`,
    )
    .action((name: string, flags: MergeFlags & { json?: true }) =>
      act(flags.json, async (output) => (await import('./goal/merge.ts')).merge(name, flags, output)),
    );
}
