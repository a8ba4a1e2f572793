import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import { EXIT_CODES } from '../../../domain/goal/status.ts';
import { clean } from '../../../domain/text/clean.ts';
import { findGoal } from '../../../engine/commands/find.ts';
import { goalOfCommit } from '../../../engine/commands/goal-of-commit.ts';
import { makeProof } from '../../../engine/commands/make-proof.ts';
import { localPublicKey } from '../../../proof/key/open.ts';
import { verifyBundle } from '../../../proof/verify/bundle.ts';
import { readFolder } from '../../../proof/verify/folder.ts';
import type { Level, VerifyReport } from '../../../proof/verify/report.ts';
import { parseTrustedKeys, type TrustedKey } from '../../../proof/verify/trust.ts';
import { locateRepository } from '../../../world/git/locate.ts';
import { openObjects } from '../../../world/git/objects/open.ts';
import { openWorld, type Live } from '../../../app/compose.ts';
import { currentRepository } from '../goal-store.ts';
import { printJson, printJsonLine, type Output } from '../output/print.ts';
import { stateDir } from '../../../app/paths.ts';
import { openVerifyDoor } from '../../../app/verify-door.ts';
import type { VerifyFlags } from './verify-options.ts';

interface Target {
  readonly folder: string;
  /** The base and the vault that this machine's own records name; null for a bundle from elsewhere. */
  /** Objects that this machine has of the goal; they are checked like all others. */
  readonly vault: string | null;
  readonly own: { readonly goal: string; readonly base: string; readonly root: string } | null;
}

export async function verify(bundle: string, flags: VerifyFlags, output: Output): Promise<number> {
  const level = levelOf(flags.level ?? 'V1');
  const world = await openWorld(process.env);
  try {
    const target = await targetOf(world, bundle);
    const report = await check(world, target, level, flags);
    print(report, target, output);
    return report.reached === level && report.proven ? EXIT_CODES[report.proven.status] : 3;
  } finally {
    await world.store.close();
  }
}

/** The bundle of one goal of this machine, checked to V1; for the demo. */
export async function verifyGoal(world: Live, goal: string, output: Output): Promise<VerifyReport> {
  const target = await ownTarget(world, goal);
  const report = await check(world, target, 'V1', {});
  if (output.json) printJsonLine(output, { type: 'verified', ...report, bundle: target.folder });
  else print(report, target, output);
  return report;
}

async function check(world: Live, target: Target, level: Level, flags: VerifyFlags): Promise<VerifyReport> {
  const repository = target.own && flags.repo === undefined ? target.own.root : (flags.repo ?? '.');
  const base = await commitOf(repository, flags.base, '--base');
  const head = await commitOf(repository, flags.head, '--head');
  const expected = base ?? target.own?.base ?? null;
  if (level === 'V1' && expected === null)
    throw new OmkError(
      'VERIFY_NO_BASE',
      'The base is not named, and only you can say which base you trust',
      'omk verify <bundle> --base <commit>, or --level V0',
    );
  return verifyBundle({
    ...readFolder(target.folder),
    trusted: await trustedKeys(world, flags.key ?? null),
    level,
    git: level === 'V1' ? await openVerifyDoor(repository, target.vault, world.gates) : null,
    expect: {
      ...(expected === null ? {} : { base: expected }),
      ...(head === null ? {} : { head }),
      ...(target.own ? { goal: target.own.goal } : {}),
    },
  });
}

function levelOf(text: string): Level {
  if (text === 'V0' || text === 'V1') return text;
  throw new OmkError('FLAG_INVALID', `--level must be V0 or V1, not '${text}'`, '--level V1');
}

async function targetOf(world: Live, bundle: string): Promise<Target> {
  const found = await stat(bundle).catch(() => null);
  if (found?.isDirectory()) return { folder: bundle, own: null, vault: await vaultOf(world, bundle) };
  if (bundle === 'latest' || bundle.startsWith('g-'))
    return ownTarget(world, (await findGoal(world.store, bundle, currentRepository)).goal);
  const commit = /^[0-9a-f]{7,64}$/.test(bundle) ? bundle : await revision(bundle);
  const goal = commit === null ? null : await goalOfCommit(world.store, commit);
  if (goal !== null) return ownTarget(world, goal);
  throw commit === null || commit === bundle
    ? new OmkError(
        'BUNDLE_NOT_FOUND',
        `'${bundle}' is no folder, no goal of this machine and no commit`,
        'omk goal list',
      )
    : new OmkError(
        'GOAL_NOT_FOUND',
        `The commit ${commit.slice(0, 12)} (${bundle}) is not the result of a goal of this machine`,
        'omk goal list, or name the folder of a bundle',
      );
}

/** The commit that a branch, a tag or the like of the repository here names; null when there is none. */
async function revision(name: string): Promise<string | null> {
  const found = await locateRepository(process.cwd());
  return found === null ? null : (await openObjects(process.cwd())).resolve(`${name}^{commit}`);
}

/** The vault of the goal that a bundle says it is of, where this machine has it: a result that was not applied is nowhere else. */
async function vaultOf(world: Live, bundle: string): Promise<string | null> {
  const text = await readFile(join(bundle, 'proof.json'), 'utf8').catch(() => '');
  const [, goal] = /"goal"\s*:\s*"(g-[a-z0-9-]+)"/u.exec(text) ?? [];
  const [first] = goal === undefined ? [] : await world.store.read(goal);
  if (first?.event.type !== 'goal.created') return null;
  return (await world.git.openVault(first.event.data.repository)).dir;
}

async function ownTarget(world: Live, goal: string): Promise<Target> {
  const [first] = await world.store.read(goal);
  if (first?.event.type !== 'goal.created')
    throw new OmkError('GOAL_NOT_FOUND', `There is no goal '${goal}'`, 'omk goal list');
  await makeProof(world, goal);
  const { repository } = first.event.data;
  const vault = await world.git.openVault(repository);
  return {
    folder: `${world.goalDir(goal)}/proof`,
    vault: vault.dir,
    own: { goal, base: repository.commit, root: vault.root },
  };
}

async function trustedKeys(world: Live, file: string | null): Promise<readonly TrustedKey[]> {
  if (file !== null) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new OmkError('KEY_UNREADABLE', `The key file '${file}' cannot be read`, 'check the path', { cause });
    });
    return parseTrustedKeys(text, file);
  }
  const own = await localPublicKey({ stateDir: stateDir(process.env), configuredKey: world.config.signing.key });
  if (own) return [{ ...own, name: 'this omk', validAfter: null, validBefore: null }];
  throw new OmkError(
    'VERIFY_NO_KEY',
    'There is no key to trust: this omk has made none',
    'omk verify <bundle> --key <public key file>',
  );
}

async function commitOf(repository: string, revision: string | undefined, flag: string): Promise<string | null> {
  if (revision === undefined) return null;
  const found = await (await openObjects(repository)).resolve(`${revision}^{commit}`);
  if (found === null)
    throw new OmkError(
      'REVISION_UNKNOWN',
      `${flag} names '${revision}', which is no commit of the repository`,
      'git fetch, or name another',
    );
  return found;
}

function print(report: VerifyReport, target: Target, output: Output): void {
  if (output.json) return printJson(output, { ...report, bundle: target.folder });
  for (const each of report.checks.filter((each) => !each.ok))
    output.out(`  failed  ${each.code}: ${clean(each.text)}`);
  const held = report.checks.filter((each) => each.ok).length;
  if (report.reached === 'none' || !report.proven) {
    output.out(
      `not verified: ${report.checks.length - held} of ${report.checks.length} checks failed   ${target.folder}`,
    );
    return;
  }
  const { status, goal, base, head, keyid, signer, levels, gaps, redacted } = report.proven;
  output.out(
    `verified to ${report.reached}${report.reached === report.asked ? '' : `, not ${report.asked}`}: ` +
      `${goal} ended ${status}   (${held} checks)`,
  );
  output.out(`  base    ${base}${head === null ? '' : `\n  result  ${head}`}`);
  output.out(`  key     ${keyid} (${clean(signer)})`);
  output.out(`  levels  ${levels.join(', ')}`);
  for (const gap of gaps)
    output.out(`  ${gap.kind === 'known' ? 'limit ' : 'gap   '}  ${gap.code}: ${clean(gap.text)}`);
  if (redacted > 0) output.out(`  note    ${redacted} recorded files are not in the bundle`);
}
