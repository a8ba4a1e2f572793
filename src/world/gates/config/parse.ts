import { parse, TomlError } from 'smol-toml';
import { READER_NAMES } from '../../../domain/gates/gate.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { invalid } from './invalid.ts';
import { lineOf } from './lines.ts';
import { gatesFile, type DeclaredGate } from './schema.ts';

/** Parses and validates the text of a gates file. `OmkError` `GATES_INVALID` names the line of the first fault. */
export function parseGatesFile(text: string): readonly DeclaredGate[] {
  const raw = parseToml(text);
  const result = gatesFile.safeParse(raw);
  if (result.success) return result.data.gates;
  const issue = result.error.issues[0];
  const [, gate, ...inner] = issue?.path ?? [];
  const index = typeof gate === 'number' ? gate : null;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const key = unknown ?? (typeof inner[0] === 'string' ? inner[0] : index === null ? 'gates' : null);
  throw invalid(lineOf(text, index, key), sentence(issue, index, key, index !== null && key !== null && isAbsent(raw, index, key)));
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    throw invalid(
      cause.line,
      `not valid TOML: ${cleanLine(cause.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '')}.`,
      cause,
    );
  }
}

/** The validator does not say whether a value was missing or of a wrong type. */
function isAbsent(raw: unknown, gate: number, key: string): boolean {
  if (typeof raw !== 'object' || raw === null || !('gates' in raw) || !Array.isArray(raw.gates)) return false;
  const table: unknown = raw.gates[gate];
  return typeof table === 'object' && table !== null && !Object.hasOwn(table, key);
}

interface Issue {
  readonly code?: string | undefined;
}

function sentence(issue: Issue | undefined, gate: number | null, key: string | null, absent: boolean): string {
  const where = gate === null ? 'the file' : `gate ${gate + 1}`;
  if (issue === undefined) return `${where} is not valid.`;
  if (issue.code === 'unrecognized_keys') return `${where} has an unknown key \`${cleanLine(key ?? '')}\`.`;
  if (gate === null) return 'a gates file needs at least one [[gates]] table.';
  if (absent) return `${where} needs \`${key}\`.`;
  if (key === 'timeout_secs') return `\`timeout_secs\` of ${where} must be a whole number of seconds from 1 to 86400.`;
  if (key === 'retries') return `\`retries\` of ${where} must be a whole number from 0 to 5.`;
  if (key === 'name' || key === 'command' || key === 'cwd') return `\`${key}\` of ${where} must be a text that is not empty.`;
  if (key === 'args') return `\`args\` of ${where} must be an array of texts.`;
  if (key === 'env') return `\`env\` of ${where} must be a table of variable names and texts.`;
  if (key === 'kind') return `\`kind\` of ${where} must be "test" or "command".`;
  if (key === 'reader') return `\`reader\` of ${where} must be one of ${['auto', ...READER_NAMES].join(', ')}.`;
  return `\`${key}\` of ${where} must be true or false.`;
}
