import { isRecord } from '../../domain/record.ts';
import { OmkError } from '../../domain/error.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { mayHaveParts, partsOf } from '../../domain/log/parts.ts';
import type { LogLine } from '../../store/port.ts';
import { parseJson } from '../format/json.ts';
import { concat, sha256Hex, utf8 } from '../format/bytes.ts';
import { encodeEnvelope, type Envelope } from '../format/envelope.ts';
import {
  ATTESTATIONS,
  BUDGET,
  CHECKPOINT,
  CHECKPOINT_SSHSIG,
  EVENTS,
  INDEX,
  PATCH,
  TERMINAL,
  TURNS,
  dsseFile,
  gateName,
  heldOutFile,
  partFile,
  runFiles,
  sigstoreFile,
} from '../format/names.ts';
import { encodeSigstore } from '../format/sigstore.ts';
import type { Signer } from '../key/open.ts';
import { budgetStatement } from '../statement/budget.ts';
import { factsOf, type Facts } from '../statement/facts.ts';
import { commandFiles } from '../statement/commands.ts';
import { revealedDigests } from '../statement/held-out.ts';
import { lockFiles } from '../statement/locks.ts';
import { gateStatement, runsOf, statedGates } from '../statement/gate.ts';
import type { Statement } from '../statement/statement.ts';
import { terminalStatement } from '../statement/terminal.ts';
import { turnsStatement } from '../statement/turns.ts';
import { indexJson } from './index-json.ts';
import { keyFiles } from './keys.ts';
import { signCheckpoint, signStatement } from './sign.ts';

export interface ProofInput {
  /** The whole log; its last event ends the goal. */
  readonly lines: readonly LogLine[];
  readonly blob: (sha256: Sha256) => Promise<Uint8Array | null>;
  readonly signer: Signer;
  /** For a log that does not say which omk ended it. */
  readonly omkVersion: string;
}

/**
 * The bundle for any terminal status, by file name. The same log and key give the same bytes.
 * Throws an ordinary `Error` for a log that does not end, or whose end the domain does not admit: a caller's bug.
 * `OmkError` `PATCH_MISSING`.
 */
export async function buildProof(input: ProofInput): Promise<ReadonlyMap<string, Uint8Array>> {
  const { lines, signer } = input;
  const result = factsOf(lines.map((each) => each.event));
  if (result.kind !== 'facts') throw new Error(`no proof of this log: ${result.why}`);
  const { facts } = result;
  const omkVersion = versionIn(facts) ?? input.omkVersion;
  const files = new Map<string, Uint8Array>();

  files.set(EVENTS, utf8(lines.map((each) => `${each.line}\n`).join('')));
  for (const sha256 of partsIn(lines)) files.set(partFile(sha256), await partOf(facts, sha256, input.blob));
  const patch = await patchOf(facts, input.blob);
  if (patch) files.set(PATCH, patch);
  const missing = [
    ...(await addRuns(files, facts, input.blob)),
    ...(await addBlobs(files, lockFiles(facts), input.blob)),
    ...(await addBlobs(files, commandFiles(facts), input.blob)),
    ...(await addRevealed(files, facts, input.blob)),
  ];
  const log = signCheckpoint(facts, lines, signer);
  files.set(CHECKPOINT, log.checkpoint).set(CHECKPOINT_SSHSIG, log.sshsig);

  const inputs: readonly (readonly [string, Statement])[] = [
    ...statedGates(facts).map((gate) => [gateName(gate.id), gateStatement(facts, gate)] as const),
    [TURNS, turnsStatement(facts)],
    [BUDGET, budgetStatement(facts)],
  ];
  const envelopes = inputs.map(([name, statement]) => addEnvelope(files, name, signStatement(statement, signer)));
  const terminal = terminalStatement(facts, {
    omkVersion,
    log: log.said,
    checkpoint: sha256Hex(log.checkpoint),
    patch: patch && sha256Hex(patch),
    inputs: inputs.map(([name], index) => ({ name: dsseFile(name), sha256: sha256Hex(envelopes[index] ?? '') })),
  });
  envelopes.push(addEnvelope(files, TERMINAL, signStatement(terminal, signer)));
  files.set(ATTESTATIONS, concat(...envelopes));

  for (const [name, content] of keyFiles(signer, log.said.origin)) files.set(name, content);
  files.set(INDEX, indexJson(facts, signer, omkVersion, [...files.keys()], missing));
  return files;
}

function versionIn({ events }: Facts): string | null {
  const last = events.at(-1);
  return (last?.type === 'goal.ended' || last?.type === 'goal.cancelled' ? last.data.omk : null) ?? null;
}

/** The large parts of events that the lines name. */
const partsIn = (lines: readonly LogLine[]): ReadonlySet<Sha256> =>
  new Set(
    lines
      .filter(({ event, line }) => event.v !== 1 && mayHaveParts(line))
      .flatMap(({ line }) => {
        const value = parseJson(line);
        return isRecord(value) ? [...partsOf(value['data'])] : [];
      }),
  );

async function partOf({ created }: Facts, sha256: Sha256, blob: ProofInput['blob']): Promise<Uint8Array> {
  const part = await blob(sha256);
  if (part) return part;
  throw new OmkError(
    'STORE_PART_GONE',
    `A part of the log of goal '${created.goal}' is missing, so its proof cannot be made: blob ${sha256}`,
    'restore the blobs folder of the state directory from a backup',
    { exit: 6 },
  );
}

/** From the base to the candidate, as examined; null when no candidate was. */
async function patchOf({ examined, created }: Facts, blob: ProofInput['blob']): Promise<Uint8Array | null> {
  if (!examined) return null;
  const patch = await blob(examined.patch.sha256);
  if (patch) return patch;
  throw new OmkError(
    'PATCH_MISSING',
    `The patch of goal '${created.goal}' is not in the state directory any more, so its proof cannot be made`,
    'restore the state directory from a backup',
    { exit: 6 },
  );
}

function addEnvelope(files: Map<string, Uint8Array>, name: string, envelope: Envelope): Uint8Array {
  const bytes = encodeEnvelope(envelope);
  files.set(dsseFile(name), bytes).set(sigstoreFile(name), encodeSigstore(envelope));
  return bytes;
}

/** Output and reports of the runs that decide; names of those that the blob store no longer has. */
const addRuns = (files: Map<string, Uint8Array>, facts: Facts, blob: ProofInput['blob']): Promise<readonly string[]> =>
  addBlobs(
    files,
    statedGates(facts).flatMap((gate) => runFiles(runsOf(facts, gate))),
    blob,
  );

const addRevealed = (
  files: Map<string, Uint8Array>,
  facts: Facts,
  blob: ProofInput['blob'],
): Promise<readonly string[]> =>
  addBlobs(
    files,
    revealedDigests(facts).map((sha256) => [heldOutFile(sha256), sha256] as const),
    blob,
  );

async function addBlobs(
  files: Map<string, Uint8Array>,
  named: readonly (readonly [name: string, sha256: Sha256])[],
  blob: ProofInput['blob'],
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [name, sha256] of named) {
    const content = await blob(sha256);
    if (content) files.set(name, content);
    else missing.push(name);
  }
  return missing;
}
