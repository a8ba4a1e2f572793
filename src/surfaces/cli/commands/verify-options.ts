import type { Command } from 'commander';
import type { VerifyFlags } from '../../../app/verify/flags.ts';
import type { Act } from '../act.ts';

/** `omk verify`: check a proof without trusting who made it. */
export function addVerify(program: Command, act: Act): void {
  program
    .command('verify')
    .summary('check a proof')
    .description(
      'Checks signatures, log and what follows from it (V0), and the git objects and the gate policy at ' +
        'the base (V1). Exit code 0 only when the level asked is reached and the goal is proven ready.',
    )
    .argument('[bundle]', 'a bundle folder, a goal, a commit or branch that is a result, or latest', 'latest')
    .option('--key <file>', 'public keys you trust: ssh line, allowed_signers or PEM (default: the key of this omk)')
    .option(
      '--base <commit>',
      'the base you expect (default for goals of this machine: the one the goal was pinned to)',
    )
    .option('--head <commit>', 'the result you expect')
    .option('--repo <dir>', 'repository that has the base commit', '.')
    .option('--level <level>', 'V0, V1, V2 or V3 (default: V1)')
    .option('--rerun', 'run every gate again here, in a sandbox, and compare (V2)')
    .option('--gate <name>', 'with --rerun: this gate only')
    .option('--replay', 'execute the run again from the bundle alone: no agent, no model, no network (V3)')
    .option('--gates <how>', 'with --replay: run them and compare, or recorded: run none (default: run)')
    .option('--accept-rules <set...>', 'withdrawn rule sets to accept, such as judge/1')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples:
  omk verify latest
  omk verify ./bundle --key their-key.pub --base v1.4.0
  omk verify ./bundle --key their-key.pub --level V0
  omk verify --rerun ./bundle --base v1.4.0
  omk verify --replay ./bundle --key their-key.pub --base v1.4.0
  omk verify --replay ./bundle --key their-key.pub --base v1.4.0 --gates recorded
  omk verify --replay ./bundle --key their-key.pub --level V0   # where there is no clone

Exit codes: 0 verified and ready; verified with another status: that status's code; 3 not verified; 2 usage`,
    )
    .action((bundle: string, flags: VerifyFlags) =>
      act(flags.json, async (output) => (await import('./verify.ts')).verify(bundle, flags, output), { decides: true }),
    );
}
