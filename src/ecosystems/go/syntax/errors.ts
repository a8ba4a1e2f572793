import type { SeenAssertion, Source } from '../../../world/syntax/language.ts';
import { childOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

/** The errors in `if … || !errors.Is(err, ErrSize) { t.Fatal() }` and `require.ErrorIs(t, err, ErrSize)`. */
export function errorsIn({ node, condition }: SeenAssertion, source: Source): readonly SyntaxNode[] {
  const asked = condition ?? (/^(?:assert|require)\.ErrorIs\(\)$/.test(source.chainOf(node)) ? [node] : []);
  return asked.flatMap((part) => {
    const list = part.name === 'CallExpr' ? childOf(part, /^Arguments$/) : undefined;
    if (!list) return [];
    // The parser takes the operators in front of a call for a part of what is called.
    const called = source.textOf({ ...part, to: list.from });
    if (condition && (called.includes('&&') || !/!\s*errors\.Is$/.test(called))) return [];
    return isErrorsThere(node, source) ? (itemsOf(list)[condition ? 1 : 2]?.nodes ?? []) : [];
  });
}

/** Whether another one can be made. */
function isErrorsThere(node: SyntaxNode, source: Source): boolean {
  let root = node;
  while (root.parent) root = root.parent;
  return root.children.some((each) => each.name.startsWith('Import') && /"errors"/.test(source.textOf(each)));
}

/** What it was is still used, so that the file compiles. */
export const anotherError = (expression: string): string =>
  `func() error { _ = ${expression}; return errors.New("another error") }()`;
