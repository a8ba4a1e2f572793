import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import { anotherError, errorsIn } from './errors.ts';
import { hollowGo } from './hollow.ts';
import type { Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** Go: testing, testify, gomega and ginkgo. */
export const go: Language = {
  hollow: hollowGo,
  files: /\.go$/,
  grammar: async () => (await import('@lezer/go')).parser,
  lines: 'free',
  comments: /Comment$/,
  strings: /^(?:String|Rune)$/,
  calls: /^CallExpr$/,
  members: /^SelectorExpr$/,
  arguments: /^Arguments$/,
  functions: /^(?:FunctionDecl|MethodDecl|FunctionLiteral)$/,
  branches: /^(?:IfStatement|ForStatement|SwitchStatement|TypeSwitchStatement|SelectStatement)$/,
  exits: /^(?:ReturnStatement|BreakStatement|ContinueStatement|GotoStatement)$/,
  statements: [],
  failures: /^(?!fmt\.|errors\.|log\.)\w+\.(?:Errorf?|Fatalf?|Fail|FailNow)\(\)$|^panic\(\)$/,
  assertions: [
    { call: /^(?:assert|require|is|s|suite)\.(?:True|False|Truef)\(\)$/, says: 'condition' },
    {
      call: new RegExp(
        String.raw`^(?:assert|require|is|s)\.(?:Equalf?|EqualValues|EqualError|Exactly|JSONEq|YAMLEq|` +
          String.raw`ElementsMatch|Len|Nil|NoError|Same|Empty|Zero)\(\)$`,
      ),
      says: 'exact',
    },
    { call: /^(?:assert|require|is|s)\.(?:NotNil|NotEmpty|Error|NotZero)\(\)$/, says: 'loose' },
    { call: /^(?:assert|require|is|s)\.[A-Z]\w*\(\)$/, says: 'partial' },
    {
      call: /(?:Expect|Ω|Eventually|Consistently)\(\)(?:\.\w+\(\))*?\.(?:To|NotTo|ToNot|Should|ShouldNot)\(\)$/,
      says: 'partial',
    },
    { call: /(?:^|\.)(?:[aA]ssert|[vV]erify|[cC]heck|[eE]nsure|[mM]ust|[eE]xpect)[A-Z]\w*\(\)$/, says: 'partial' },
  ],
  printed: /^Example(?![a-z])/,
  errorsIn,
  anotherError,
  context: /^(?:t|tb|b|s\.T\(\)|suite\.T\(\))$/,
  marks: [[/^\w+\.(?:Skip|Skipf|SkipNow)\(\)$/, 'skipped']],
  declares(node, source) {
    if (node.name === 'FunctionDecl') {
      const title = childOf(node, /^DefName$/);
      return title && /^(?:Test|Benchmark|Fuzz|Example)(?![a-z])/.test(source.textOf(title))
        ? { role: 'test', title, marks: [] }
        : null;
    }
    return node.name === 'CallExpr' ? declaredBy(node, source) : null;
  },
};

/** `t.Run("name", func …)`, and the words of ginkgo. */
function declaredBy(node: SyntaxNode, source: Source): Declared | null {
  const [callee] = node.children;
  const items = itemsOf(childOf(node, /^Arguments$/));
  const [title] = items[0]?.nodes ?? [];
  if (!callee || !title || items.at(-1)?.nodes.at(-1)?.name !== 'FunctionLiteral') return null;
  const chain = source.chainOf(callee);
  if (/^\w+\.Run$/.test(chain) && items.length === 2) return { role: 'test', title, marks: [] };
  const word = /^(?:ginkgo\.)?([FPX]?)(Describe|Context|When|It|Specify)$/.exec(chain);
  return (
    word && {
      role: /It|Specify/.test(word[2] ?? '') ? 'test' : 'group',
      title,
      marks: MARKS[word[1] ?? ''] ?? [],
    }
  );
}

const MARKS: Readonly<Record<string, readonly Mark[]>> = { F: ['only'], P: ['skipped'], X: ['skipped'] };
