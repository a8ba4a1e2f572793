import type { Notice } from '../../../../app/notice.ts';
import { rerun } from '../../../../app/use/rerun.ts';
import type { VerifyReport } from '../../../../app/verify/report.ts';
import type { Live } from '../../../../app/compose.ts';
import { OmkError } from '../../../../domain/error.ts';
import { EXIT_CODES } from '../../../../domain/status.ts';
import type { Claim } from '../../../../domain/rerun/claim.ts';
import { worstOf } from '../../../../domain/rerun/claims.ts';
import { withoutTheirWord } from '../../../../domain/rerun/words-of-persons.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { printJson, type Output } from '../../output/print.ts';
import { table } from '../../text/table.ts';
import { checkMade } from '../../../../app/verify/check-made.ts';
import { inHistory } from '../../../../app/verify/in-history.ts';
import type { VerifyFlags } from '../../../../app/verify/flags.ts';
import { repositoryOf } from '../../../../app/verify/check.ts';
import { foundLines, print } from './print.ts';
import type { Target } from '../../../../app/verify/target.ts';
import { UNNAMED } from '../../../../app/verify/trust.ts';
import { noSandbox } from '../../../../app/verify/no-sandbox.ts';

/** V2: V1 first, then every gate that decided, run again on this machine. Nothing of a bundle that is not verified is run. */
export async function verifyAgain(world: Live, target: Target, flags: VerifyFlags, output: Output): Promise<number> {
  const repository = repositoryOf(target, flags);
  const known =
    flags.base === undefined && target.own === null ? await inHistory(repository, target.bundle, NAME_BASE) : null;
  const ownKey = flags.key === undefined && target.own === null;
  const { report, content, pin } = await checkMade(world, target, flags, { base: known, ownKey });
  if (report.reached !== 'V1' || !content || !report.proven || !pin) return refused(report, target, output);
  const { facts, files } = content;
  await requireSandbox(world);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  let claims: readonly Claim[];
  try {
    const all = await rerun(world, { facts, files, pin, gate: flags.gate ?? null }, progress(output), stop.signal);
    claims = report.proven.signer === UNNAMED ? withoutTheirWord(all, facts.state) : all;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await world.gates.clear();
  }
  const worst = worstOf(claims);
  const reached = worst === 'reproduced' && flags.gate === undefined ? 'V2' : report.reached;
  if (output.json)
    printJson(output, { ...report, asked: 'V2', reached, bundle: target.folder, found: target.found, claims });
  else {
    for (const line of claimLines(claims, output.columns)) output.out(line);
    const { keyid, signer, goal, status } = report.proven;
    output.out(`  base    ${pin.commit}${known === null ? '' : '   (in the history of HEAD; --base names one)'}`);
    output.out(
      `  key     ${keyid} (${signer === UNNAMED ? `${UNNAMED}: what is only signed is nobody's word` : cleanLine(signer)})`,
    );
    for (const line of foundLines(target, report)) output.out(line);
    const about =
      flags.gate === undefined ? `${goal} ended ${status}` : `gate ${flags.gate} of ${goal}, and no more was asked for`;
    output.out(`${SENTENCE[worst]}: ${about}   (${tally(claims)})`);
  }
  return worst === 'reproduced' && target.found?.by !== 'patch' ? EXIT_CODES[facts.status] : 3;
}

const NAME_BASE = 'omk verify --rerun <bundle> --base <commit>, in the clone that has it';

/** Code of strangers is not run in the open, unless a person says so. */
async function requireSandbox(world: Live): Promise<void> {
  const why = await noSandbox(world);
  const fix = 'omk doctor; or OMK_SANDBOX=none on a machine that is thrown away';
  if (why !== null) throw new OmkError('RERUN_NO_SANDBOX', why, fix, { exit: 6 });
}

function refused(report: VerifyReport, target: Target, output: Output): number {
  if (output.json)
    printJson(output, { ...report, asked: 'V2', bundle: target.folder, found: target.found, claims: [] });
  else print(report, target, output);
  return 3;
}

const SENTENCE = {
  reproduced: 'reproduced',
  signed: 'reproduced',
  diverged: 'DIVERGED: this machine does not see what the proof says',
  not_reproducible: 'not reproducible here',
} as const;

const WORDS: Readonly<Record<Claim['state'], string>> = {
  signed: 'signed',
  reproduced: 'reproduced',
  diverged: 'diverged',
  not_reproducible: 'not reproducible here',
};

function claimLines(claims: readonly Claim[], columns: number | null): readonly string[] {
  const rows = claims.map(({ state, gate, text, why, flaky }) => [
    `  ${WORDS[state]}`,
    gate === null ? '' : `gate ${gate}`,
    cleanLine([text, ...(why === undefined ? [] : [`(${why})`])].join('  '), 500),
    ...(flaky ? [cleanLine(`flaky here: ${flaky.slice(0, 5).join('; ')}`)] : []),
  ]);
  return table(null, rows, { columns });
}

const tally = (claims: readonly Claim[]): string =>
  Object.entries(WORDS)
    .map(([state, word]) => ({ word, count: claims.filter((each) => each.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(', ');

/** What is going on, on standard error: runs take as long as the gates do. */
const progress =
  (output: Output) =>
  (notice: Notice): void => {
    if (output.json) return;
    if (notice.kind === 'step') output.err(`${notice.text} …`);
    if (notice.kind === 'gate_started')
      output.err(`running gate ${notice.run.gate}: ${notice.run.purpose} ${notice.run.round} …`);
  };
