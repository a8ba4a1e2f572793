interface Part {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly from: number;
}

const PART = 512 * 1024;
/** Longer than any secret, so that each is whole in some part. */
const SHARED = 16 * 1024;

/** A long text in parts that share their ends: the rules are slow on long ones. */
export function partsOf(text: string, part = PART, shared = SHARED): readonly Part[] {
  const parts: Part[] = [];
  for (let from = 0; from === 0 || from + shared < text.length; from += part)
    parts.push({ text: text.slice(from, from + part + shared), from });
  return parts;
}
