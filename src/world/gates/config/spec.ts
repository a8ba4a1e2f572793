import type { GateService, GateSource } from '../../../domain/gates/gate.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { parseCommand } from '../command/argv.ts';
import type { Draft } from '../draft.ts';
import { idsOf } from './ids.ts';
import { invalid } from './invalid.ts';
import { lineOf } from './lines.ts';
import type { DeclaredGate } from './schema.ts';

const DEFAULT_SECS = 600;
const READY_SECS = 30;

/** Where a fault is told: the text, the gate, and the service in it. */
interface Place {
  readonly text: string;
  readonly gate: number;
  readonly service: number | null;
}

/** Declared gates to drafts: ids made and unique, commands split, directories checked. `OmkError` `GATES_INVALID`. */
export function draftsOf(text: string, gates: readonly DeclaredGate[], source: GateSource): readonly Draft[] {
  const ids = idsOf(gates.map(({ name }) => name));
  return gates.map((gate, index) => {
    const place: Place = { text, gate: index, service: null };
    const id = ids[index] ?? '';
    if (ids.indexOf(id) < index) throw wrong(place, 'name', `two gates have the name \`${cleanLine(gate.name)}\`.`);
    const allowFail = gate.allow_fail ?? gate['allow-fail'] ?? false;
    const skip = gate.skip ?? gate.skipped ?? false;
    return {
      id,
      argv: argvOf(gate.command, gate.args, place, 'command'),
      cwd: cwdOf(gate.cwd, place),
      env: gate.env ?? {},
      timeoutMs: (gate.timeout_secs || DEFAULT_SECS) * 1000,
      required: (gate.required ?? true) && !allowFail,
      skip,
      network: gate.network ?? false,
      ...(gate.services === undefined ? {} : { services: servicesOf(gate.services, place) }),
      ...(gate.inputs === undefined ? {} : { inputs: gate.inputs }),
      ...(gate.weight === undefined ? {} : { weight: gate.weight }),
      ...(gate.retries === undefined ? {} : { retries: gate.retries }),
      kind: gate.kind ?? null,
      reader: gate.reader ?? 'auto',
      source,
    };
  });
}

function servicesOf(services: NonNullable<DeclaredGate['services']>, { text, gate }: Place): readonly GateService[] {
  const names = idsOf(services.map(({ name }) => name));
  return services.map((service, index) => {
    const place: Place = { text, gate, service: index };
    const name = names[index] ?? '';
    if (names.indexOf(name) < index) throw wrong(place, 'name', `${called(place)} needs a name of its own.`);
    return {
      name,
      argv: argvOf(service.command, service.args, place, 'command'),
      ready: argvOf(service.ready, undefined, place, 'ready'),
      readyTimeoutMs: (service.ready_timeout_secs ?? READY_SECS) * 1000,
      cwd: cwdOf(service.cwd, place),
    };
  });
}

const called = ({ gate, service }: Place): string =>
  service === null ? `gate ${gate + 1}` : `service ${service + 1} of gate ${gate + 1}`;

const wrong = (place: Place, key: string, sentence: string): Error =>
  invalid(lineOf(place.text, { ...place, key }), sentence);

function argvOf(
  command: string,
  args: readonly string[] | undefined,
  place: Place,
  key: 'command' | 'ready',
): Draft['argv'] {
  if ([command, ...(args ?? [])].some((word) => word.includes('\0')))
    throw wrong(place, key, `the ${key} of ${called(place)} contains a NUL character.`);
  if (args !== undefined && args.length > 0) return [command, ...args];
  const parsed = parseCommand(command);
  if (parsed.kind === 'invalid')
    throw wrong(place, key, `the ${key} of ${called(place)} cannot be read: ${parsed.why}.`);
  return parsed.argv;
}

function cwdOf(given: string | undefined, place: Place): string {
  const cwd = (given ?? '.').replace(/^(\.\/)+(?=.)/, '').replace(/\/+$/, '');
  const parts = cwd.split('/');
  if (cwd === '.') return cwd;
  if (cwd.includes('\\') || cwd.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw wrong(place, 'cwd', `\`cwd\` of ${called(place)} must be a folder inside the repository.`);
  return cwd;
}
