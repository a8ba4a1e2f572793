/** A manifest in XML without comments; null for one that could say anything in between, by entities. */
export function plainXml(text: string): string | null {
  if (/<!DOCTYPE|<!ENTITY|<!\[CDATA\[|&#/i.test(text)) return null;
  const kept: string[] = [];
  let from = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', start + 4);
    if (end < 0) return null;
    kept.push(text.slice(from, start));
    from = end + 3;
  }
  return [...kept, text.slice(from)].join('');
}
