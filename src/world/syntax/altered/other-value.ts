const OPPOSITE: ReadonlyMap<string, string> = new Map([
  ['true', 'false'],
  ['false', 'true'],
  ['True', 'False'],
  ['False', 'True'],
]);

/** Another value of the same kind, as somebody could have written it; null where the text is none that is understood. */
export function otherValue(text: string, random: number): string | null {
  const opposite = OPPOSITE.get(text);
  if (opposite !== undefined) return opposite;
  const number = /^(0|[1-9]\d{0,8})(\.\d+)?$/.exec(text);
  if (number) return otherNumber(Number(number[1]), random) + (number[2] ?? '');
  const quoted = /^(["'])([\w ,.:;!?@/+=-]{0,200})\1$/.exec(text);
  return quoted ? otherString(quoted[1] ?? '', quoted[2] ?? '', random) : null;
}

/** A large one becomes smaller, so that it fits where the first did. */
function otherNumber(value: number, random: number): string {
  const by = 1 + (random % 7);
  return String(value < 100 ? value + by : value - by);
}

/** One letter or digit is another one; an empty text gets one. */
function otherString(quote: string, content: string, random: number): string | null {
  // One sign between single quotes is a number in some languages.
  if (content === '') return quote === '"' ? `"${letter(random)}"` : null;
  const places = [...content.matchAll(/[a-z0-9]/gi)].map(({ index }) => index);
  const at = places[random % Math.max(1, places.length)];
  if (at === undefined) return null;
  return quote + content.slice(0, at) + otherSign(content.charAt(at), random) + content.slice(at + 1) + quote;
}

function otherSign(sign: string, random: number): string {
  if (/\d/.test(sign)) return String((Number(sign) + 1 + (random % 8)) % 10);
  const other = letter(random) === sign.toLowerCase() ? letter(random + 8) : letter(random);
  return sign === sign.toUpperCase() ? other.toUpperCase() : other;
}

const letter = (random: number): string => 'abcdefghijklmnopqrstuvwxyz'.charAt((random >>> 3) % 26);
