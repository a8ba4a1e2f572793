import { parse, TomlError } from 'smol-toml';
import { READER_NAMES } from '../../../domain/gates/reader-names.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { nearest } from '../../../domain/text/nearest.ts';
import { invalid } from './invalid.ts';
import { lineOf } from './lines.ts';
import { gatesFile, KEYS, MUST, type DeclaredGate } from './schema.ts';

/** Parses and validates the text of a gates file. `OmkError` `GATES_INVALID` names the line of the first fault. */
export function parseGatesFile(text: string): readonly DeclaredGate[] {
  const raw = parseToml(text);
  const result = gatesFile.safeParse(raw);
  if (result.success) return result.data.gates;
  const { issues } = result.error;
  // A key that is mistyped is missing too: what stands there says more than what does not.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const fault = faultOf(issue?.path ?? [], issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : null, raw);
  throw invalid(lineOf(text, fault), sentence(fault));
}

/** Where a file is wrong: which gate and service, from 0, and which key of it. */
interface Fault {
  readonly gate: number | null;
  readonly service: number | null;
  readonly key: string | null;
  readonly what: 'unknown' | 'missing' | 'wrong';
  /** What stands there, to say what was probably meant. */
  readonly value: unknown;
}

function faultOf(path: readonly PropertyKey[], unknown: string | null, raw: unknown): Fault {
  const [, first, ...inner] = path;
  const gate = typeof first === 'number' ? first : null;
  const [services, second, ...deeper] = inner;
  const service = services === 'services' && typeof second === 'number' ? second : null;
  const last = service === null ? services : deeper[0];
  const named = typeof last === 'string' ? last : null;
  const key = unknown ?? named ?? (gate === null ? 'gates' : null);
  const table = at(raw, path.slice(0, service === null ? 2 : 4));
  const has = typeof table === 'object' && table !== null && key !== null && Object.hasOwn(table, key);
  // The validator does not say whether a value was missing or of a wrong type.
  const known = has || gate === null ? 'wrong' : 'missing';
  return {
    gate,
    service,
    key,
    what: unknown === null ? known : 'unknown',
    value: at(table, key === null ? [] : [key]),
  };
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const why = cleanLine(cause.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
    throw invalid(cause.line, `not valid TOML: ${why}.`, cause);
  }
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  reader: ['auto', ...READER_NAMES],
  kind: ['test', 'command'],
};

function sentence({ gate, service, key, what, value }: Fault): string {
  const where = placeOf(gate, service);
  const name = cleanLine(key ?? '');
  if (what === 'unknown') {
    const meant = nearest(name, keysOf(gate, service));
    return `${where} has an unknown key \`${name}\`${meant === null ? '.' : `; did you mean \`${meant}\`?`}`;
  }
  if (gate === null) return 'a gates file needs at least one [[gates]] table.';
  if (key === null) return `${where} is not a table of settings.`;
  if (what === 'missing') return `${where} needs \`${name}\`.`;
  const meant = typeof value === 'string' ? nearest(value, WORDS[name] ?? []) : null;
  return `\`${name}\` of ${where} must be ${MUST[name] ?? 'true or false'}.${meant === null ? '' : ` Did you mean "${meant}"?`}`;
}

function placeOf(gate: number | null, service: number | null): string {
  if (gate === null) return 'the file';
  return service === null ? `gate ${gate + 1}` : `service ${service + 1} of gate ${gate + 1}`;
}

function keysOf(gate: number | null, service: number | null): readonly string[] {
  if (gate === null) return ['gates'];
  return service === null ? KEYS.gate : KEYS.service;
}
