import { hollowRust } from './hollow.ts';
import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { Language, Source } from '../../../world/syntax/language.ts';
import { childOf, childrenOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const TEST = /^(?:\w+::)*(?:test|rstest|test_case|quickcheck|proptest|bench|wasm_bindgen_test)\b/;
const MARKS: readonly (readonly [RegExp, Mark])[] = [
  [/^(?:ignore|cfg|cfg_attr)\b(?!\(test\)$)/, 'skipped'],
  [/^should_panic\b/, 'xfail'],
];

/** Rust: the built-in harness, also in modules beside the code that they test. */
export const rust: Language = {
  hollow: hollowRust,
  files: /\.rs$/,
  grammar: async () => (await import('@lezer/rust')).parser,
  lines: 'free',
  comments: /Comment$/,
  strings: /^(?:String|RawString|Char)$/,
  calls: /^(?:CallExpression|MacroInvocation)$/,
  members: /^(?:FieldExpression|ScopedIdentifier)$/,
  arguments: /^(?:ArgList|ParenthesizedTokens|BracketedTokens|BracedTokens)$/,
  functions: /^(?:FunctionItem|ClosureExpression)$/,
  branches: /^(?:IfExpression|MatchExpression|ForExpression|WhileExpression|LoopExpression)$/,
  exits: /^(?:ReturnExpression|BreakExpression|ContinueExpression)$/,
  statements: [],
  failures: /^(?:panic|unreachable|unimplemented|todo)!\(\)$/,
  assertions: [
    { call: /^(?:debug_|prop_)?assert!\(\)$/, says: 'condition' },
    { call: /^(?:\w+\.)*(?:debug_|prop_)?assert_(?:eq|\w*snapshot)!\(\)$/, says: 'exact' },
    { call: /^(?:\w+\.)*(?:\w*assert\w*|check\w*|verify\w*)!\(\)$/, says: 'partial' },
    { call: /(?:^|\.)(?:assert|check|verify|ensure)_?\w*\(\)$/, says: 'partial' },
  ],
  marks: [],
  holdsTests: (node, source) =>
    node.name === 'AttributeItem' &&
    childOf(node, /^ModItem$/) !== undefined &&
    attributesOf(node, source).includes('cfg(test)'),
  declares(node, source) {
    if (node.name !== 'AttributeItem' && !(node.name === 'ModItem' && node.parent?.name !== 'AttributeItem'))
      return null;
    const item = node.name === 'ModItem' ? node : childOf(node, /^(?:ModItem|FunctionItem)$/);
    const title = childOf(item, /^BoundIdentifier$/);
    if (!item || !title) return null;
    const attributes = attributesOf(node, source);
    const isTest = item.name === 'FunctionItem' && attributes.some((each) => TEST.test(each));
    if (!isTest && item.name === 'FunctionItem') return null;
    const marks = attributes.flatMap((each) => MARKS.filter(([pattern]) => pattern.test(each)).map(([, mark]) => mark));
    const rows = attributes.filter((each) => /^(?:\w+::)*(?:case|test_case)\b/.test(each)).length;
    return { role: isTest ? 'test' : 'group', title, marks, cases: rows === 0 ? null : rows };
  },
};

/** `cfg(test)` of `#[cfg(test)]`. */
const attributesOf = (node: SyntaxNode, source: Source): readonly string[] =>
  childrenOf(node, /^Attribute$/).map((each) =>
    source
      .textOf(each)
      .replace(/^[\s#!]*\[|\]$/g, '')
      .replace(/\s+/g, ''),
  );
