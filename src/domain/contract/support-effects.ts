/** What a file does besides throwing: any of it may be what it is there for. */
export interface Effects {
  readonly does: readonly RegExp[];
  readonly calls: RegExp;
  /** What is only said, besides texts in quotes. */
  readonly comments: RegExp;
}

/** Of languages with braces. */
export const BRACES: Effects = {
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
  comments: /\/\/.*$|^[ \t]*\*.*$/gm,
};
/** Words before a bracket that are no calls. */
const NO_CALL = new RegExp(
  String.raw`^(?:if|elif|for|foreach|while|switch|match|catch|except|assert|raise|return|not|and|or|` +
    String.raw`super|constructor|throw|function|abs|\w*Assert\w*|\w*assert\w*)$`,
);
const DECLARED = /\b(?:def|function|fun|void|auto|int)[ \t]+(\w+)[ \t]*(?:<[^>\n]{0,80}>)?\(/g;

const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;

/** Whether code gives nothing back and changes nothing, so that all it can do is throw. */
export function changesNothing({ does, calls, comments }: Effects, text: string): boolean {
  const code = text.replace(QUOTED, '""').replace(comments, '');
  if (does.some((each) => each.test(code))) return false;
  const own = new Set([...code.matchAll(DECLARED)].map(([, name]) => name));
  return [...code.matchAll(calls)].every(
    ([, name = '']) => NO_CALL.test(name) || own.has(name.replace(/^(?:self|static)::/, '')),
  );
}

/** Code that does nothing but throw, by the word for it. */
export const throwing =
  (effects: Effects, throws: RegExp) =>
  (text: string): boolean =>
    throws.test(text) && changesNothing(effects, text);
