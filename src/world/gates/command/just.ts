const RECIPE = /^@?([\w-]+)((?:\s+[^:=\n]*)?):(?!=)\s*([^#\n]*)/;

/** The lines of shell that `just <recipes>` comes to, prerequisites first; null for a call that cannot be looked into. */
export function justLines(words: readonly string[], justfile: string): readonly string[] | null {
  if (words.some((word) => word.startsWith('-'))) return null;
  const { recipes, first } = readJustfile(justfile);
  const wanted = words.filter((word) => !word.includes('='));
  const known = wanted.filter((word) => recipes.has(word));
  // What follows a recipe may be its arguments.
  const called = wanted.length === 0 && first !== null ? [first] : known;
  const lines: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const recipe = recipes.get(name);
    if (recipe === undefined || seen.has(name)) return;
    seen.add(name);
    recipe.needs.forEach(visit);
    lines.push(...recipe.lines);
  };
  called.forEach(visit);
  return called.length === 0 ? null : lines;
}

interface Recipe {
  readonly needs: readonly string[];
  readonly lines: string[];
}

function readJustfile(text: string): { readonly recipes: ReadonlyMap<string, Recipe>; readonly first: string | null } {
  const recipes = new Map<string, Recipe>();
  let open: Recipe | null = null;
  for (const line of text.replaceAll(/\\\r?\n\s*/g, ' ').split(/\r?\n/)) {
    if (/^\s+\S/.test(line)) {
      // What is put in by just is not known, and is left out.
      open?.lines.push(
        line
          .trim()
          .replace(/^[@-]+/, '')
          .replaceAll(/\{\{[^}]*\}\}/g, ''),
      );
      continue;
    }
    const [, name, , needs = ''] = RECIPE.exec(line) ?? [];
    if (name === undefined) {
      if (line.trim() !== '') open = null;
      continue;
    }
    open = {
      needs: needs
        .replaceAll(/&&|[()]/g, ' ')
        .split(/\s+/)
        .filter((each) => each !== ''),
      lines: [],
    };
    recipes.set(name, open);
  }
  const first = [...recipes.keys()][0] ?? null;
  return { recipes, first };
}
