import type { Assertion, Strength } from '../../domain/contract/labels/test-case.ts';
import { argumentsAlong, isCall } from './chain.ts';
import { askedBy, isWithin, matcherName, matcherOf, subjectOf } from './matcher.ts';
import type { AssertionRule, Language, Source } from './language.ts';
import { isConstant, numbersOf, ofItself, strengthOfCondition } from './measure.ts';
import { itemsOf, type SyntaxNode } from './nodes.ts';
import type { Normaliser, Range } from './text.ts';

/** Longer ones are compared by both ends. */
const LONGEST = 4000;

interface Reading {
  readonly language: Language;
  readonly source: Source;
  readonly normal: Normaliser;
  /** Above the node, inside of the test: the nearest branch, and which of its parts the node is in. */
  readonly branch: { readonly node: SyntaxNode; readonly part: SyntaxNode } | null;
  readonly guards: number;
}

/** The assertion that a node is, or null. */
export function assertionAt(node: SyntaxNode, reading: Reading): Assertion | null {
  const { language, source } = reading;
  const statement = language.statements.find(([name]) => name.test(node.name));
  if (statement)
    return statement[1] === 'fails'
      ? failing(node, reading)
      : ofCondition(node, node.children[0]?.name ?? node.name, reading);
  if (!isCall(node, language) && !language.members.test(node.name)) return null;
  const chain = source.chainOf(node);
  if (language.failures.test(chain)) return failing(node, reading);
  const rule = language.assertions.find(
    ({ call, matcher }) => call.test(chain) && (!matcher || matcherOf(node, matcher, reading)),
  );
  return rule ? ofCall(node, chain, rule, reading) : null;
}

/** A way to fail is as strong as the question whether it is reached. */
function failing(node: SyntaxNode, reading: Reading): Assertion {
  const { branch, guards } = reading;
  if (!branch) return make(node, 'fail', 'exact', node, reading, true);
  const condition = { from: branch.node.from, to: branch.part.from };
  const code = reading.normal.code(condition).replace(/^\W*(?:if|elif|else|unless|while|for|switch|try)\b/, '');
  const strength = code.trim() === '' ? 'partial' : strengthOfCondition(code, true);
  return make(
    node,
    `if ${operatorOf(code, 'reached')}`,
    strength,
    condition,
    { ...reading, guards: Math.max(0, guards - 1) },
    true,
  );
}

function ofCondition(node: SyntaxNode, name: string, reading: Reading): Assertion {
  const words = reading.normal.code(node).replace(/^assert\b/, '');
  // What is checked and why, in brackets together, is never false.
  const isPair = node.children[1]?.name === 'TupleExpression';
  return make(node, operatorOf(words, name), isPair ? 'vacuous' : strengthOfCondition(words), node, reading);
}

function ofCall(node: SyntaxNode, chain: string, rule: AssertionRule, reading: Reading): Assertion | null {
  const { language, normal } = reading;
  const { says, least = 0 } = rule;
  const matcher = rule.matcher && matcherOf(node, rule.matcher, reading);
  const name = matcher ? matcherName(matcher, reading) : (/([\w$!?]+)(?:\(\))?$/.exec(chain)?.[1] ?? 'assertion');
  const lists = argumentsAlong(node, language);
  if (itemsOf(lists.at(-1)).length < least) return null;
  const asked = lists
    .flatMap((list) => itemsOf(list))
    .flatMap((item) => (matcher && isWithin(matcher, item) ? askedBy(matcher, reading) : [item]));
  const subject = rule.subject && subjectOf(node, rule.subject, reading);
  const ranges: readonly Range[] = subject ? [subject, ...asked.filter(({ from }) => from >= subject.to)] : asked;
  const items = ranges.map((item) => normal.code(item)).filter((item) => language.context?.test(item) !== true);
  const code = `(${items.join(',')})`;
  const given = items.filter((item) => item !== '""');
  const question = says === 'condition' ? code : questionOf(given);
  const strengthOf = (): Strength => {
    if (lists.length > 0 && isConstant(code)) return 'vacuous';
    if (given.length === 2 && given[0] === given[1]) return ofItself(code);
    if (question !== null) return strengthOfCondition(question);
    if (says === 'throws') return thrown(ranges.length);
    return says === 'condition' ? 'loose' : says;
  };
  const strength = strengthOf();
  const negated = strength === 'exact' && /\.(?:not|never|isNot)\b/.test(chain) ? 'partial' : strength;
  const tolerance = /^\d+$/.test(items.at(-1) ?? '') && name === 'Equal' ? 'toBeCloseTo' : 'within';
  const near = rule.near === items.length ? tolerance : name;
  return { ...make(node, near, negated, node, reading), name };
}

/** `expect(a === b).toBe(true)` says what its condition says. */
function questionOf(given: readonly string[]): string | null {
  const rest = given.filter((item) => !/^(?:true|True)$/.test(item));
  return rest.length === 1 && given.length === 2 ? (rest[0] ?? null) : null;
}

/** What must be thrown is said by an argument beside the code that throws. */
const thrown = (asked: number): Strength => (asked > 1 ? 'partial' : 'loose');

const operatorOf = (code: string, otherwise: string): string =>
  /===|!==|==|!=|>=|<=|(?<![-=])>|<(?!-)/.exec(code)?.[0] ?? otherwise;

function make(
  node: SyntaxNode,
  name: string,
  strength: Strength,
  measured: Range,
  reading: Reading,
  fails = false,
): Assertion {
  const { normal, guards } = reading;
  const short = shortened(measured);
  const text =
    short.map((range) => normal.text(range)).join('…') + (fails ? ` ${normal.text(shortened(node)[0] ?? node)}` : '');
  const code = short.map((range) => normal.code(range)).join('…');
  return { name: name.slice(0, 40), text, ...numbersOf(name, code, text, fails), strength, guards };
}

const shortened = ({ from, to }: Range): readonly Range[] =>
  to - from <= LONGEST
    ? [{ from, to }]
    : [
        { from, to: from + LONGEST / 2 },
        { from: to - LONGEST / 2, to },
      ];
