/** Runners write brackets after methods and with the row of a table, and something before every name. */
export function isNamed(id: string, name: string): boolean {
  const length = tailOf(id, name);
  return length > 0 && (length === id.length || /[\s>:./#]$/.test(id.slice(0, id.length - length)));
}

/** What stands in a title for values of a row. */
const VALUE = /\$\{[^}]*\}|%[a-z#$%]|\$\w+(?:\.\w+)*/;

/** How much of the end of an id is the name of the test; 0 where it is not. */
export function tailOf(id: string, name: string): number {
  const plain = id.replace(/\(\)$/, '');
  if (plain.endsWith(name)) return id.length - plain.length + name.length;
  const row = plain.indexOf(`${name}[`);
  if (row >= 0 && plain.endsWith(']')) return id.length - row;
  const [first = '', ...rest] = name.split(VALUE);
  if (rest.length === 0) return 0;
  const from = titleIn(plain);
  return fits(plain.slice(from), first, rest) ? id.length - from : 0;
}

/** Where the last of the names in an id begins. */
const titleIn = (id: string): number =>
  Math.max(0, ...[' > ', '::'].map((each) => id.lastIndexOf(each) + each.length).filter((at) => at > 2));

function fits(title: string, first: string, rest: readonly string[]): boolean {
  if (!title.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? title.length - part.length : title.indexOf(part, at);
    if (found < at || !title.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return at === title.length;
}
