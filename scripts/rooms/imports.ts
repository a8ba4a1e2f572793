export interface Import {
  readonly from: string;
  /** Types disappear when the program runs; they count for the rooms, not for cycles. */
  readonly typeOnly: boolean;
  /** Imported names, empty for `* as`, side effects and `import()`. */
  readonly names: readonly string[];
}

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

/** The imports of one file in house style: single quotes, one statement each, formatted by oxfmt. */
export function importsOf(source: string): readonly Import[] {
  const code = source.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const fixed = [...code.matchAll(STATIC)].map(([, type, clause, from = '']) => ({
    from,
    typeOnly: type !== undefined,
    names: namesOf(clause ?? ''),
  }));
  const lazy = [...code.matchAll(DYNAMIC)].map(([, from = '']) => ({ from, typeOnly: false, names: [] }));
  return [...fixed, ...lazy];
}

function namesOf(clause: string): readonly string[] {
  const inside = /\{([^}]*)\}/.exec(clause)?.[1] ?? '';
  return inside
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s.*$/, ''),
    )
    .filter((name) => name !== '');
}
