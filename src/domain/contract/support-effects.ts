import type { RepoPath } from '../ids.ts';
/** What a file does besides throwing: any of it may be what it is there for. */
interface Effects {
  readonly of: RegExp;
  readonly does: readonly RegExp[];
  readonly calls: RegExp;
}

const PYTHON: Effects = {
  of: /\.py$/,
  does: [
    /^[ \t]+(?:return[ \t]+\S|yield\b|del\b|global\b|nonlocal\b|await\b)/m,
    /\bself\./,
    /[\w)]\.\w+[ \t]*[-+*/|&^%]?=(?!=)/,
    /\][ \t]*[-+*/|&^%]?=(?!=)/,
  ],
  calls: /^[ \t]*((?:[\w]+\.)*\w+)\(/gm,
};
const BRACES: Effects = {
  of: /./,
  does: [
    /\breturn[ \t]+[^;\s}]|=>[ \t]*[^{\s]|\b(?:yield|await|this|delete|get;|set;|echo|print|cout)\b|<</,
    // A field, an element, or a variable that is not declared here.
    /(?:^|[;{)])[ \t]*[\w.\]['"*>-]+[ \t]*[-+*/%|&^?]{0,2}=(?![=>])/m,
    /\$\w+(?:\[[^\]\n]{0,200}\]|(?:->|::\$?)\w+)+[ \t]*[-+*/.%|&^?]{0,2}=(?![=>])/,
    /(?:^|[;{)])[ \t]*\[[^\n=]{0,200}\][ \t]*=(?!=)/m,
    /[\w\])](?:\+\+|--)[ \t]*(?:;|$)|(?:^|[;{)])[ \t]*(?:\+\+|--)/m,
    /&[ \t]*\$/,
  ],
  calls: /(?:^|[;{)])[ \t]*((?:[\w$]+(?:\.|->|::))*[\w$]+)(?:<[\w, ]{0,80}>)?\(/gm,
};
/** Words before a bracket that are no calls. */
const NO_CALL = new RegExp(
  String.raw`^(?:if|elif|for|foreach|while|switch|match|catch|except|assert|raise|return|not|and|or|` +
    String.raw`super|constructor|throw|function|abs|\w*Assert\w*|\w*assert\w*)$`,
);
const DECLARED = /\b(?:def|function|fun|void|auto|int)[ \t]+(\w+)[ \t]*(?:<[^>\n]{0,80}>)?\(/g;

/** Whether code gives nothing back and changes nothing, so that all it can do is throw. */
export function changesNothing(path: RepoPath, text: string): boolean {
  const { does, calls } = PYTHON.of.test(path) ? PYTHON : BRACES;
  const code = plainOf(path, text);
  if (does.some((each) => each.test(code))) return false;
  const own = new Set([...code.matchAll(DECLARED)].map(([, name]) => name));
  return [...code.matchAll(calls)].every(
    ([, name = '']) => NO_CALL.test(name) || own.has(name.replace(/^(?:self|static)::/, '')),
  );
}

const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;

/** Without what is only said: in messages and comments. */
const plainOf = (path: RepoPath, text: string): string =>
  text.replace(QUOTED, '""').replace(PYTHON.of.test(path) ? /#.*$/gm : /\/\/.*$|^[ \t]*\*.*$/gm, '');
