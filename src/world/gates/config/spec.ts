import type { GateSource } from '../../../domain/gates/gate.ts';
import { parseCommand } from '../command/argv.ts';
import type { Draft } from '../draft.ts';
import { invalid } from './invalid.ts';
import { lineOf } from './lines.ts';
import type { DeclaredGate } from './schema.ts';

/** Declared gates to drafts: ids made and unique, commands split, directories checked. `OmkError` `GATES_INVALID`. */
export function draftsOf(text: string, gates: readonly DeclaredGate[], source: GateSource): readonly Draft[] {
  const seen = new Set<string>();
  return gates.map((gate, index) => {
    const id = gateId(gate.name);
    if (id === '') throw invalid(lineOf(text, index, 'name'), `gate ${index + 1} needs a name with a letter or a digit in it.`);
    if (seen.has(id)) throw invalid(lineOf(text, index, 'name'), `two gates have the name \`${id}\`.`);
    seen.add(id);
    const allowFail = gate.allow_fail ?? gate['allow-fail'] ?? false;
    const skip = gate.skip ?? gate.skipped ?? false;
    return {
      id,
      argv: argvOf(text, gate, index),
      cwd: cwdOf(text, gate, index),
      env: gate.env ?? {},
      timeoutMs: (gate.timeout_secs ?? 600) * 1000,
      required: (gate.required ?? true) && !allowFail,
      skip,
      network: gate.network ?? false,
      ...(gate.retries === undefined ? {} : { retries: gate.retries }),
      kind: gate.kind ?? null,
      reader: gate.reader ?? 'auto',
      source,
    };
  });
}

/** A name as people write it to an id `[a-z0-9._-]+`; empty when nothing is left. */
const gateId = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '');

function argvOf(text: string, gate: DeclaredGate, index: number): Draft['argv'] {
  if ([gate.command, ...(gate.args ?? [])].some((word) => word.includes('\0'))) {
    throw invalid(lineOf(text, index, 'command'), `the command of gate ${index + 1} contains a NUL character.`);
  }
  if (gate.args !== undefined && gate.args.length > 0) return [gate.command, ...gate.args];
  const parsed = parseCommand(gate.command);
  if (parsed.kind === 'invalid')
    throw invalid(lineOf(text, index, 'command'), `the command of gate ${index + 1} cannot be read: ${parsed.why}.`);
  return parsed.argv;
}

function cwdOf(text: string, gate: DeclaredGate, index: number): string {
  const cwd = (gate.cwd ?? '.').replace(/^(\.\/)+(?=.)/, '').replace(/\/+$/, '');
  const parts = cwd.split('/');
  if (cwd === '.') return cwd;
  if (cwd.includes('\\') || cwd.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw invalid(lineOf(text, index, 'cwd'), `\`cwd\` of gate ${index + 1} must be a folder inside the repository.`);
  }
  return cwd;
}
