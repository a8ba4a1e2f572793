import { kindOfSentence, kindOfStatus, kindOfType, type ErrorKind } from './tables.ts';

/** A JSON-RPC error an agent answered with, or whatever broke on the way. */
export interface AgentError {
  readonly code: number | null;
  readonly message: string;
  /** `data` of the error: JSON. */
  readonly data: unknown;
}

const AUTH_REQUIRED = -32000;

/** What an error is about, and whether a sign of a machine says so or nothing but a sentence. */
export interface ReadError {
  readonly kind: ErrorKind;
  readonly by: 'sign' | 'sentence';
}

/**
 * What an error is about, by what is exact: its type, its status, the protocol's own code. Its sentences count where
 * there is none of these, and only as they are documented, from their beginning. A word anywhere else is one of two
 * signs that a limit needs; the other is when it ends. A sentence is a reason to try again or to look, never the end of a goal.
 */
export function readError(error: AgentError): ReadError {
  const signs = signsOf(error);
  const exact = signs.types[0] ?? signs.statuses.find((kind) => kind !== 'other') ?? signs.statuses[0];
  if (exact !== undefined) return { kind: exact, by: 'sign' };
  const said = signs.texts.map(kindOfSentence).find((kind) => kind !== null) ?? loose(signs.texts);
  if (error.code === AUTH_REQUIRED && (said === null || said === 'not_logged_in'))
    return { kind: 'not_logged_in', by: 'sign' };
  return { kind: said ?? 'other', by: 'sentence' };
}

interface Signs {
  readonly types: ErrorKind[];
  readonly statuses: ErrorKind[];
  /** Every text, without what programs put before it. */
  readonly texts: string[];
}

const STATUS_KEY = /^(?:status|status_?code|http_?status(?:_?code)?|api_?error_?status|code|error_?code)$/iu;
const TYPE_KEY = /^(?:type|code|status|reason|kind|name|error_?(?:type|code|kind|name|info)|codex_?error_?info)$/iu;
const DEEPEST = 8;
const LONGEST = 16 * 1024;

function signsOf({ code, message, data }: AgentError): Signs {
  const signs: Signs = { types: [], statuses: [], texts: [] };
  // Some agents answer with the status of HTTP as the code of the protocol.
  if (code !== null) push(signs.statuses, kindOfStatus(code));
  readText(message, signs, 0);
  read(data, '', signs, 0);
  return signs;
}

function read(value: unknown, key: string, signs: Signs, depth: number): void {
  if (depth > DEEPEST) return;
  if (typeof value === 'number' && STATUS_KEY.test(key)) push(signs.statuses, kindOfStatus(value));
  if (typeof value === 'string') {
    if (STATUS_KEY.test(key) && /^[45]\d\d$/u.test(value)) push(signs.statuses, kindOfStatus(Number(value)));
    if (TYPE_KEY.test(key)) push(signs.types, kindOfType(value));
    readText(value, signs, depth);
  }
  if (Array.isArray(value)) for (const member of value.slice(0, 50)) read(member, key, signs, depth + 1);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      // codex names the type by a key that holds its details.
      if (/^codex_?error_?info$/iu.test(key)) push(signs.types, kindOfType(name));
      read(member, name, signs, depth + 1);
    }
}

const PREFIX = new RegExp(
  String.raw`^[\s[(]*(?:(?:internal |api |provider |model |stream |` +
    String.raw`unexpected )?(?:[A-Z]\w{0,30})?error(?: message)?|failed|exceeded retry limit)\s*(?:[:,(]|` +
    String.raw`-\s)\s*|^[45]\d\d\s+`,
  'iu',
);
/** A type at the beginning of a text is more than two usual words. */
const LONG_TYPE = /^[A-Z]+(?:_[A-Z]+)+$|^provider\.|_.*_|_(?:error|exceeded|reached|quota)$|\wError$|\wException$/u;
const STATUS = new RegExp(
  String.raw`^(?:(?:HTTP(?:\/\d(?:\.\d)?)?|status|request failed with status|(?:unexpected|last|http|` +
    String.raw`response|got) status|error|api error|error code)(?: code)?[\s:=]{1,3})?([45]\d\d)(?=\s*$|` +
    String.raw`[\s:,.]*(?:[{[<("']|-\s|bad request|unauthori[sz]ed|payment required|forbidden|not found|` +
    String.raw`request timeout|too many requests|internal server error|bad gateway|service unavailable|` +
    String.raw`gateway time|overloaded|status code|error))`,
  'iu',
);

/** A text begins with a status, holds JSON, or is a sentence. */
function readText(text: string, signs: Signs, depth: number): void {
  let rest = text.slice(0, LONGEST).trim();
  for (let at = 0; at < 4; at += 1) {
    const status = STATUS.exec(rest)?.[1];
    if (status !== undefined) push(signs.statuses, kindOfStatus(Number(status)));
    const token = /^[\w.]+(?=\s*(?::|$))/u.exec(rest)?.[0];
    if (token !== undefined && LONG_TYPE.test(token)) push(signs.types, kindOfType(token));
    const shorter = rest.replace(PREFIX, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  signs.texts.push(rest);
  const from = rest.search(/[{[]/u);
  const to = Math.max(rest.lastIndexOf('}'), rest.lastIndexOf(']'));
  if (from === -1 || to <= from) return;
  try {
    read(JSON.parse(rest.slice(from, to + 1)), '', signs, depth + 1);
  } catch {
    // A sentence with braces.
  }
}

const LIMIT_WORDS = new RegExp(
  String.raw`(?<![\w./-])(?:usage|rate|quota|session|weekly|request)[ -]limit(?![\w/-]|\.\w)|` +
    String.raw`(?<![\w./-])(?:quota (?:is |was |has been )?(?:exceeded|exhausted|used up)|` +
    String.raw`too many requests)(?![\w/-]|\.\w)`,
  'iu',
);

const ENDS = /\b(?:resets?|retry|try again|available again|wait)\b[^.\n]{0,40}\d/iu;

const loose = (texts: readonly string[]): ErrorKind | null =>
  texts.some((text) => LIMIT_WORDS.test(text) && ENDS.test(text)) ? 'usage_limit' : null;

const push = (list: ErrorKind[], kind: ErrorKind | null): void => {
  if (kind !== null) list.push(kind);
};
