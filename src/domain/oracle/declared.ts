/** Types that a text declares, in languages whose imports say little of names: Go, Rust, Java, PHP, Ruby, C# and C++. */
export const declaredTypes = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:struct|class|enum|trait|interface|record|union|module|type)\s+([A-Za-z_]\w{1,80})/g)].map(
    ([, name = '']) => name,
  );

export const wordsIn = (text: string): ReadonlySet<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? []);

/** Names of a wrong solution that a check uses and that nobody who does not see it could know. */
export function unknownDeclared(
  check: string,
  declared: readonly string[],
  isKnown: (name: string) => boolean,
): readonly string[] {
  const words = wordsIn(check);
  return [...new Set(declared)].filter((name) => words.has(name) && !isKnown(name));
}
