/** The lines of shell that `make <targets>` comes to, prerequisites first; null for a call that cannot be looked into. */
export function makeLines(words: readonly string[], makefile: string): readonly string[] | null {
  if (words.some((word) => /^(?:-[CfI]|--directory|--file|--makefile)/.test(word))) return null;
  const { rules, variables, first } = readMakefile(makefile);
  const targets = words.filter((word) => !word.startsWith('-') && !word.includes('='));
  const usual = first === null ? [] : [first];
  const wanted = targets.length > 0 ? targets : usual;
  const lines: string[] = [];
  const seen = new Set<string>();
  const visit = (target: string): void => {
    const rule = rules.get(target);
    if (rule === undefined || seen.has(target)) return;
    seen.add(target);
    expand(rule.needs, variables).split(/\s+/).forEach(visit);
    for (const line of rule.recipe) lines.push(expand(line, variables).replace(/^[\s@+-]+/, ''));
  };
  wanted.forEach(visit);
  return lines;
}

interface Rule {
  needs: string;
  readonly recipe: string[];
}

function readMakefile(text: string): {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly variables: ReadonlyMap<string, string>;
  readonly first: string | null;
} {
  const rules = new Map<string, Rule>();
  const variables = new Map<string, string>([['MAKE', 'make']]);
  let open: readonly Rule[] = [];
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    if (line.startsWith('\t')) {
      for (const { recipe } of open) recipe.push(line.slice(1));
      continue;
    }
    const [, name, value] = /^(?:export\s+)?([\w.-]+)\s*[:?+]{0,2}=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      variables.set(name, value.trim());
      continue;
    }
    const [, targets, needs] = /^([^\s#:=][^#:=]*):(?!=)\s*([^#]*)/.exec(line) ?? [];
    if (targets === undefined) continue;
    open = targets
      .trim()
      .split(/\s+/)
      .map((target) => {
        const rule = rules.get(target) ?? { needs: '', recipe: [] };
        rule.needs += ` ${needs ?? ''}`;
        rules.set(target, rule);
        return rule;
      });
  }
  const first = [...rules.keys()].find((target) => !target.startsWith('.')) ?? null;
  return { rules, variables, first };
}

const MOST_TIMES = 5;

/** Variables of the file; of others, and of functions, nothing is known and nothing is left. */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  let expanded = text;
  for (let times = 0; times < MOST_TIMES && /\$[({]/.test(expanded); times++)
    expanded = expanded.replace(/\$[({]([\w.-]+)[)}]/g, (_, name: string) => variables.get(name) ?? '');
  return expanded.replaceAll('$$', '$');
}
