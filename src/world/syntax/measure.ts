import type { Bound, Strength } from '../../domain/contract/labels/test-case.ts';

const CONSTANT = /\b(?:true|false|null|none|nil|undefined|nan|new|not|and|or|is|in)\b/gi;
/** Names after which the last number says how near is near enough. */
const NEAR = /near|close|almost|delta|approx|within|tolerance|epsilon/i;
const AT_LEAST = /greater|atleast|least|above|morethan|_g[te]$|\bgte?$/i;
const AT_MOST = /less|at_?most|\bmost|below|fewer|_l[te]$|\blte?$/i;
const PLACES = /^(?:toBeCloseTo|assertAlmostEquals?|closeTo)$/;

/** How much a condition says. `code` has no strings in it; `fails`: it is what must not hold. */
export function strengthOfCondition(code: string, fails = false): Strength {
  if (isConstant(code)) return 'vacuous';
  const sides = /^\(*(.+?)(?:===?|!==?)(.+?)\)*$/s.exec(code.length > 2000 ? '' : code);
  if (sides && sides[1]?.trim() === sides[2]?.trim()) return ofItself(code);
  if (/\|\||\bor\b/.test(code)) return fails ? 'exact' : 'partial';
  const equal = fails ? /!==?|\bis not\b/ : /===?|\bis\b(?! not)/;
  if (equal.test(code) || /\b\w*(?:[Ee]quals?|Is|Same)\(/.test(code)) return 'exact';
  if (
    /!==?|===?|[^-=]>|<|\bin\b|\bis\b|instanceof|isinstance|\b\w*(?:contains|include|match|starts?_?with|ends?_?with|has)\w*[?(]/i.test(
      code,
    )
  )
    return 'partial';
  return 'loose';
}

/** A value is what it is; two calls need not give the same. */
export const ofItself = (code: string): Strength => (/\w\(/.test(code) ? 'loose' : 'vacuous');

/** Nothing in it can differ from one run to another. */
export const isConstant = (code: string): boolean => !/[\p{L}_$]/u.test(code.replace(/""/g, '').replace(CONSTANT, ''));

interface Measured {
  readonly shape: string;
  readonly bounds: readonly Bound[];
}

const NUMBER = /(?<![\w.$"'])-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w"'])/g;

/** The numbers of an assertion, and what remains of its text without them. */
export function numbersOf(name: string, code: string, text: string, fails = false): Measured {
  const bounds: Bound[] = [];
  const found = [...code.matchAll(NUMBER)];
  for (const [index, match] of found.entries()) {
    const before = code.slice(Math.max(0, match.index - 24), match.index);
    const after = code.slice(match.index + match[0].length, match.index + match[0].length + 3);
    const isLast =
      index === found.length - 1 &&
      /^\s*\)?;?\s*$/.test(code.slice(match.index + match[0].length, match.index + match[0].length + 8));
    const last = /,\s*$/.test(before) ? 'tolerance' : 'only';
    const kind = directionOf(name, before, after, isLast ? last : 'other', found.length);
    bounds.push({ value: Number(match[0].replaceAll('_', '')), kind: fails ? OPPOSITE[kind] : kind });
  }
  return { shape: text.replace(NUMBER, '#'), bounds };
}

const OPPOSITE = { min: 'max', max: 'min', none: 'none' } as const;

function directionOf(
  name: string,
  before: string,
  after: string,
  place: 'tolerance' | 'only' | 'other',
  found: number,
): Bound['kind'] {
  if (/\b(?:abs|rel|delta|tol\w*|atol|rtol|eps\w*|abs_tol|rel_tol)\s*[=:]\s*$/.test(before)) return 'max';
  if (/\b(?:places|decimals?|digits|precision)\s*[=:]\s*$/.test(before)) return 'min';
  if (/(?:^|[^-=])>=?\s*$/.test(before)) return 'min';
  if (/<=?\s*$/.test(before)) return 'max';
  if (/^\s*<=?/.test(after)) return 'min';
  if (/^\s*>=?/.test(after)) return 'max';
  if (/:>=?,\s*$/.test(before)) return 'min';
  if (/:<=?,\s*$/.test(before)) return 'max';
  const called = /(\w+)[ (]\s*$/.exec(before)?.[1] ?? '';
  if (AT_LEAST.test(called)) return 'min';
  if (AT_MOST.test(called) || /within$/i.test(called)) return 'max';
  // PHPUnit says the bound first.
  if (place === 'other' && !(found === 1 && /^assert(?:Greater|Less)Than/.test(name))) return 'none';
  if (AT_LEAST.test(name)) return 'min';
  if (AT_MOST.test(name)) return 'max';
  if (place === 'only') return 'none';
  if (PLACES.test(name)) return 'min';
  return NEAR.test(name) || (found > 1 && /^assert(?:Array)?Equals$/.test(name)) ? 'max' : 'none';
}
