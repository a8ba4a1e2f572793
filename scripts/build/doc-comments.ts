import { parser } from '@lezer/javascript';
import { statementsOf, type SyntaxNode } from './names.ts';

const TYPED = parser.configure({ dialect: 'ts' });

/** What a bundler leaves out: the comments before what a module declares, put back from its source. */
export function withComments(text: string, source: string): string {
  const comments = new Map(
    statementsOf(source, TYPED).flatMap(({ node, names }) => {
      const comment = commentBefore(node, source);
      return comment === null ? [] : names.map((name) => [name, comment] as const);
    }),
  );
  const places = statementsOf(text).flatMap(({ node, names: [name = ''] }) => {
    // A name that another module has too got a number.
    const comment = comments.get(name) ?? comments.get(name.replace(/\d+$/, ''));
    return comment === undefined ? [] : [{ at: node.from, comment }];
  });
  return places.reduceRight((rest, { at, comment }) => `${rest.slice(0, at)}${comment}\n${rest.slice(at)}`, text);
}

/** The comments right above a statement. */
function commentBefore(node: SyntaxNode, text: string): string | null {
  const lines: string[] = [];
  let end = node.from;
  for (let each = node.prevSibling; each && each.name.endsWith('Comment'); each = each.prevSibling) {
    if (/\n\s*\n/.test(text.slice(each.to, end))) break;
    lines.unshift(text.slice(each.from, each.to));
    end = each.from;
  }
  return lines.length === 0 ? null : lines.join('\n');
}
