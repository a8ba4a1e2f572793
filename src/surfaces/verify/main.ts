import { parseArgs } from 'node:util';
import { openVerifyDoor } from '../../app/verify/door.ts';
import { OmkError } from '../../domain/error.ts';
import { EXIT_CODES } from '../../domain/goal/status.ts';
import { verifyBundle } from '../../proof/verify/bundle.ts';
import { readFolder } from '../../proof/verify/folder.ts';
import { resolvePolicy } from '../../world/gates/resolve.ts';
import { treeFiles } from '../../world/gates/tree-files.ts';
import { commitOf } from '../../app/verify/check.ts';
import { print } from '../cli/commands/verify/print.ts';
import { keysOf } from '../../app/verify/trust.ts';
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
  --json            as JSON

Exit codes: 0 verified and ready; verified with another status: that status's code; 3 not verified; 2 usage`;

const OPTIONS = {
  key: { type: 'string' },
  base: { type: 'string' },
  head: { type: 'string' },
  repo: { type: 'string', default: '.' },
  level: { type: 'string', default: 'V1' },
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
  const base = level === 'V0' ? null : ((await commitOf(flags.repo, flags.base, '--base')) ?? null);
  if (level === 'V1' && base === null) throw wrong('Name the commit you trust as the starting point with --base');
  const head = level === 'V0' ? null : await commitOf(flags.repo, flags.head, '--head');
  const report = await verifyBundle({
    ...readFolder(bundle),
    trusted: await keysOf(flags.key),
    level,
    git: level === 'V1' ? await openVerifyDoor(flags.repo, null, { resolve: policyOf }) : null,
    expect: { ...(base === null ? {} : { base }), ...(head === null ? {} : { head }) },
  });
  print(report, { folder: bundle }, output);
  return report.reached === level && report.proven ? EXIT_CODES[report.proven.status] : 3;
}

const policyOf: Parameters<typeof openVerifyDoor>[2]['resolve'] = (reader, tree) =>
  resolvePolicy(treeFiles(reader, tree));

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
