import { isRecord } from '../../domain/record.ts';
import { concat, sameBytes, sha256Hex } from '../format/bytes.ts';
import { at } from '../format/json.ts';
import { ATTESTATIONS, CHECKPOINT, PATCH, TERMINAL, dsseFile } from '../format/names.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { Facts } from '../statement/facts.ts';
import { RUN_FIELD, type Bound } from '../statement/terminal.ts';
import type { VerifyCode } from './codes.ts';
import { differences } from './difference.ts';
import { asJson } from './gates.ts';
import type { Judged } from './judged.ts';
import type { Files } from './limits.ts';
import type { Recorder } from './report.ts';

/** The terminal statement lists exactly the envelopes of the bundle, by digest; so does the file that holds them all. */
export function checkInputs(files: Files, terminal: unknown, to: Recorder): Bound['inputs'] | null {
  const inputs = readInputs(terminal);
  if (!to.check('E_INPUTS', inputs !== null, 'the terminal statement has a list of its inputs') || !inputs) return null;
  for (const { name, sha256 } of inputs) {
    const content = files.get(name);
    const listed = content !== undefined && sha256Hex(content) === sha256;
    if (!listed)
      to.check(
        'E_INPUTS',
        false,
        `${name} is ${content ? 'not the one' : 'missing, though it is'} listed in the terminal statement`,
      );
  }
  const names = inputs.map((each) => each.name);
  const unlisted = [...files.keys()].filter(
    (name) => name.endsWith(dsseFile('')) && name !== dsseFile(TERMINAL) && !names.includes(name),
  );
  to.check(
    'E_INPUTS',
    unlisted.length === 0 && new Set(names).size === names.length,
    unlisted.length === 0 ? `${names.length} inputs listed` : `${unlisted.join(', ')} not listed`,
  );
  const all = concat(...[...names, dsseFile(TERMINAL)].map((name) => files.get(name) ?? new Uint8Array()));
  to.check(
    'E_ENVELOPE',
    sameBytes(files.get(ATTESTATIONS) ?? new Uint8Array(), all),
    `${ATTESTATIONS} holds the same envelopes`,
  );
  return inputs;
}

function readInputs(terminal: unknown): Bound['inputs'] | null {
  const list = at(terminal, 'predicate', 'inputAttestations');
  if (!Array.isArray(list)) return null;
  const inputs = list.map((each: unknown) => ({ name: at(each, 'uri'), sha256: at(each, 'digest', 'sha256') }));
  return inputs.every(isInput) ? inputs : null;
}

const isInput = (each: { name: unknown; sha256: unknown }): each is { name: string; sha256: Sha256 } =>
  typeof each.name === 'string' && typeof each.sha256 === 'string';

/** The terminal statement is the one that this log, this checkpoint and this patch make. */
export function checkTerminal(
  facts: Judged,
  files: Files,
  terminal: unknown,
  inputs: Bound['inputs'],
  to: Recorder,
): void {
  const patch = files.get(PATCH);
  checkPatch(facts, patch, terminal, to);
  const log = at(terminal, 'predicate', RUN_FIELD, 'log');
  const version = at(terminal, 'predicate', 'verifier', 'version', 'omk');
  const wanted = facts.rules.terminalStatement(facts, {
    omkVersion: typeof version === 'string' ? version : '',
    // Bound to the log and to the checkpoint by checks of their own.
    log: { origin: String(at(log, 'origin')), size: facts.events.length, root: String(at(log, 'root')) },
    checkpoint: sha256Hex(files.get(CHECKPOINT) ?? ''),
    patch: facts.examined && sha256Hex(patch ?? ''),
    inputs,
  });
  if (to.same(differences(asJson(wanted), terminal), codeOf, 'terminal'))
    to.check('E_STATUS', true, `terminal: ${facts.status}, as the log shows`);
}

function checkPatch(facts: Facts, patch: Uint8Array | undefined, terminal: unknown, to: Recorder): void {
  const subjects = at(terminal, 'subject');
  const subject: unknown = Array.isArray(subjects) ? subjects.find((each) => at(each, 'name') === PATCH) : undefined;
  const signed = at(subject, 'digest', 'sha256');
  const digest = patch && sha256Hex(patch);
  const recorded = facts.examined?.patch;
  const same =
    digest === signed &&
    (patch === undefined) === (recorded === undefined) &&
    (!recorded || recorded.truncated || recorded.sha256 === digest);
  to.check(
    'E_PATCH',
    same,
    recorded
      ? `${PATCH} is the one that was signed and examined`
      : `no candidate was examined, so there is no ${PATCH}`,
  );
}

function codeOf(path: readonly string[]): VerifyCode {
  const [top, field, inner] = path;
  if (top === 'subject') return 'E_SUBJECT';
  if (field === 'policy') return 'E_POLICY';
  if (field === 'inputAttestations') return 'E_INPUTS';
  if (field === RUN_FIELD && inner === 'base') return 'E_BASE';
  return field === RUN_FIELD && inner === 'log' ? 'E_LOG_ROOT' : 'E_STATUS';
}

/** Levels as signed; compared with the log before anyone reads them. */
export function signedLevels(terminal: unknown): readonly string[] {
  const predicate = isRecord(terminal) ? terminal['predicate'] : null;
  const levels = at(predicate, 'verifiedLevels');
  return Array.isArray(levels) ? levels.filter((each) => typeof each === 'string') : [];
}
