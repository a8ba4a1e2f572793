import { parseArgs } from 'node:util';
import { OmkError } from '../../domain/error.ts';
import { EXIT_CODES } from '../../domain/status.ts';
import { verifyAlone } from '../../app/verify/alone.ts';
import { print } from '../cli/commands/verify/print.ts';
import { fail } from '../cli/output/fail.ts';
import { openOutput, type Output } from '../cli/output/print.ts';
import { guardStreams } from '../cli/output/streams.ts';

const USAGE = `Checks a proof of omk, without omk: no state directory, no configuration, no network, nothing written.

Usage:
  node omk-verify.mjs <bundle> --key <file> --base <commit> [--head <commit>] [--repo <dir>] [--json]
  node omk-verify.mjs <bundle> --key <file> --level V0 [--json]

  --key <file>      public keys you trust: ssh line, allowed_signers or PEM
  --base <commit>   the base you trust as the starting point (V1)
  --head <commit>   the result you expect
  --repo <dir>      repository that has the base commit (default: the current directory)
  --level <level>   V0 (signatures, log, what follows from it) or V1 (also the git objects; the default)
  --rules <dir>     frozen rule sets, such as share/rules of omk, for proofs that an earlier set judged
  --accept-rules <set>  a withdrawn rule set to accept, such as judge/1; may be repeated
  --json            as JSON

Exit codes: 0 verified and ready; verified with another status: that status's code; 3 not verified; 2 usage`;

const OPTIONS = {
  key: { type: 'string' },
  base: { type: 'string' },
  head: { type: 'string' },
  repo: { type: 'string', default: '.' },
  level: { type: 'string', default: 'V1' },
  rules: { type: 'string' },
  'accept-rules': { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** V0 and V1 of one bundle, from nothing but the bundle, a key, and a clone. */
async function verify(args: readonly string[], output: Output): Promise<number> {
  const { values: flags, positionals } = parsed(args);
  const [bundle, ...more] = positionals;
  if (flags.help) {
    output.out(USAGE);
    return 0;
  }
  if (bundle === undefined || more.length > 0) throw wrong('Name one folder that holds a bundle');
  const { level } = flags;
  if (level !== 'V0' && level !== 'V1') throw wrong(`--level must be V0 or V1, not '${level}'`);
  if (flags.key === undefined) throw wrong('Name the keys you trust with --key');
  const { key, base, head, repo: repository, rules } = flags;
  if (level === 'V1' && base === undefined) throw wrong('Name the commit you trust as the starting point with --base');
  const report = await verifyAlone({
    bundle,
    key,
    level,
    repository,
    base,
    head,
    rules,
    acceptRules: flags['accept-rules'] ?? [],
  });
  print(report, { folder: bundle, alone: true }, output);
  return report.reached === level && report.proven ? EXIT_CODES[report.proven.status] : 3;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string): OmkError => new OmkError('FLAG_INVALID', sentence, 'node omk-verify.mjs --help');

guardStreams();
const output = openOutput(process.argv.includes('--json'));
process.exitCode = await verify(process.argv.slice(2), output).catch((error: unknown) => fail(error, output));
