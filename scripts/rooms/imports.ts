export interface Import {
  readonly from: string;
  /** Imported names, empty for `* as`, side effects and `import()`. */
  readonly names: readonly string[];
}

const STATIC = /^\s*(?:import|export)\s+(?:type\s+)?(?:([^'";]*?)\s+from\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

/** The imports of one file in house style: single quotes, one statement each, formatted by oxfmt. */
export function importsOf(source: string): readonly Import[] {
  const code = source.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const fixed = [...code.matchAll(STATIC)].map(([, clause, from = '']) => ({
    from,
    names: namesOf(clause ?? ''),
  }));
  const lazy = [...code.matchAll(DYNAMIC)].map(([, from = '']) => ({ from, names: [] }));
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
