import { lexer, type Token, type Tokens } from 'marked';
import { entryText } from '../../domain/backlog/entry.ts';

export interface Written {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
  /** A person ticked it. */
  readonly done: boolean;
}

type Item = Omit<Written, 'line'>;

/**
 * The goals of a Markdown text: every item of a task list, with all that is indented below it; where there is no task list,
 * every section of the highest heading that is not the title. Code blocks and comments hold no goals.
 */
export function goalsInMarkdown(markdown: string): readonly Written[] {
  const text = withoutFrontMatter(markdown.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n'));
  const tokens = lexer(text);
  const items = tokens.flatMap(tasksIn);
  return withLines(
    text,
    (items.length > 0 ? items : sections(tokens)).filter((item) => item.text !== ''),
  );
}

/** Blank lines in its place, so that lines keep their numbers. */
const withoutFrontMatter = (text: string): string =>
  text.replace(/^---\n[\w-]+:[\s\S]*?\n---(?=\n|$)/u, (matter) => matter.replace(/[^\n]+/gu, ''));

const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

function tasksIn(token: Token): readonly Item[] {
  if (!isList(token)) return [];
  return token.items.flatMap((item) =>
    item.task ? [{ text: entryText(item.text), done: item.checked === true }] : item.tokens.flatMap(tasksIn),
  );
}

function sections(tokens: readonly Token[]): readonly Item[] {
  const [first, ...others] = tokens.filter(isHeading);
  if (!first) return [];
  const isTitle = others.length > 0 && others.every(({ depth }) => depth > first.depth);
  const depth = Math.min(...(isTitle ? others : [first, ...others]).map((heading) => heading.depth));
  const found: string[] = [];
  let current: string | null = null;
  for (const token of tokens) {
    if (isHeading(token) && token.depth <= depth) {
      if (current !== null) found.push(current);
      current = token.depth === depth ? `${token.text}\n\n` : null;
    } else if (current !== null) current += token.raw;
  }
  if (current !== null) found.push(current);
  return found.map((each) => ({ text: entryText(each), done: false }));
}

/** Entries stand in the order of the file, so each is looked for below the one before. */
function withLines(text: string, items: readonly Item[]): readonly Written[] {
  const lines = text.split('\n');
  let from = 0;
  return items.map((item) => {
    const title = item.text.split('\n')[0] ?? '';
    const found = lines.findIndex((line, index) => index >= from && line.includes(title));
    const at = found === -1 ? from : found;
    from = at + 1;
    return { ...item, line: at + 1 };
  });
}
