import type { CommitId, GoalId } from '../../domain/ids.ts';
import { EVENTS, INDEX, TERMINAL } from '../format/names.ts';
import type { RulesDoor } from '../rules/resolve.ts';
import { checkBlobs } from './blobs.ts';
import { checkBudget } from './budget.ts';
import { checkCached } from './cached.ts';
import { checkLogBinding } from './checkpoint.ts';
import { openEnvelopes } from './envelopes.ts';
import { judge } from './facts.ts';
import { checkCommitment } from './held-out.ts';
import { checkGates, checkTurns } from './gates.ts';
import type { GitDoor } from './git/door.ts';
import { checkGit } from './git/check.ts';
import { checkIndex } from './index-file.ts';
import { readFiles, type BundleReader, type Files } from './limits.ts';
import { rulesNamed, type Judged } from './judged.ts';
import { readLog } from './log.ts';
import { recorder, type Level, type Proven, type Recorder, type VerifyReport } from './report.ts';
import { checkInputs, checkTerminal, signedLevels } from './terminal.ts';
import type { TrustedKey } from './trust.ts';

export interface VerifyInput extends BundleReader {
  /** Got from somewhere else than the bundle. */
  readonly trusted: readonly TrustedKey[];
  readonly level: Level;
  /** Needed for V1. */
  readonly git: GitDoor | null;
  /** The bundles of frozen rule sets. Absent: none is at hand. */
  readonly rules?: RulesDoor;
  /** What the verifier holds the proof against. V1 needs the base. */
  readonly expect: { readonly base?: CommitId; readonly head?: CommitId; readonly goal?: GoalId };
  /** The result commit need not be in the repository: its tree is enough. Absent: it has to be. */
  readonly resultElsewhere?: true;
}

const NO_FROZEN: RulesDoor = { frozen: async () => null };

/** Checks a bundle up to the level asked. Writes nothing; everything it reads comes through its arguments. */
export const verifyBundle = async (input: VerifyInput): Promise<VerifyReport> => (await openVerified(input)).report;

/** What a verified bundle holds, for whoever goes on with it; null where V0 is not reached. */
export interface Opened {
  readonly report: VerifyReport;
  readonly content: { readonly facts: Judged; readonly files: Files } | null;
}

export async function openVerified(input: VerifyInput): Promise<Opened> {
  const to = recorder();
  const verified = await guarded(to, async () => verifyContent(input, to));
  if (!verified || to.failures() > 0)
    return { report: { asked: input.level, reached: 'none', proven: null, checks: to.checks }, content: null };
  const { facts, files, proven } = verified;
  if (input.level === 'V1') await guarded(to, () => checkGit(facts, files, input, to));
  const reached = input.level === 'V1' && to.failures() === 0 ? 'V1' : 'V0';
  return { report: { asked: input.level, reached, proven, checks: to.checks }, content: { facts, files } };
}

/** The data of an event is not checked field by field: where a signed log lacks one that is read, it is the log that is wrong. */
async function guarded<T>(to: Recorder, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    to.check('E_LOG_EVENT', false, `the log cannot be read: ${cause.message}`);
    return null;
  }
}

interface Content {
  readonly facts: Judged;
  readonly files: Files;
  readonly proven: Proven;
}

/** V0. Nothing is read further than its signature, its digest or its chain has been checked. */
async function verifyContent(input: VerifyInput, to: Recorder): Promise<Content | null> {
  const files = readFiles(input, to);
  const signed = files && openEnvelopes(files, input.trusted, to);
  if (!files || !signed) return null;
  const terminal = signed.statements.get(TERMINAL);
  const inputs = checkInputs(files, terminal, to);
  const events = files.get(EVENTS);
  if (!to.check('E_BUNDLE', events !== undefined, `the bundle has ${EVENTS}`) || !events) return null;
  const log = readLog(events, files, to);
  if (!inputs || !log || !checkLogBinding(files, terminal, log, signed.key, to)) return null;

  const facts = await judge(log, terminal, input.rules ?? NO_FROZEN, to);
  if (!facts) return null;
  checkGates(facts, signed.statements, facts.to);
  checkCached(facts, facts.to);
  checkCommitment(facts, to);
  checkTurns(facts, signed.statements, facts.to);
  checkBudget(facts, signed.statements, facts.to);
  checkTerminal(facts, files, terminal, inputs, facts.to);
  const redacted = checkBlobs(facts, files, { statements: signed.statements, parts: log.parts }, to);
  checkIndex(facts, signed, files.get(INDEX), to);
  checkExpected(facts, input.expect, to);

  const { repository, goal, origin } = facts.created;
  const proven: Proven = {
    goal,
    status: facts.status,
    endedAt: facts.endedAt,
    base: repository.commit,
    candidate: facts.candidate,
    head: facts.head,
    ...(origin ? { origin } : {}),
    rules: rulesNamed(log.events),
    levels: signedLevels(terminal),
    gaps: facts.gaps,
    keyid: signed.key.keyid,
    signer: signed.key.name,
    redacted,
  };
  return { facts, files, proven };
}

function checkExpected(facts: Judged, { base, head, goal }: VerifyInput['expect'], to: Recorder): void {
  const { commit } = facts.created.repository;
  if (goal !== undefined)
    to.check(
      'E_SUBJECT',
      goal === facts.created.goal,
      `the goal is ${facts.created.goal}${goal === facts.created.goal ? '' : `, not ${goal}`}`,
    );
  if (base !== undefined)
    to.check('E_BASE', base === commit, `the base is ${commit}${base === commit ? '' : `, not ${base}`}`);
  if (head !== undefined)
    to.check(
      'E_SUBJECT',
      head === facts.head,
      `the result is ${facts.head ?? 'no commit'}${head === facts.head ? '' : `, not ${head}`}`,
    );
}
