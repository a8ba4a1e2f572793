/** Sections of package.json that decide how tests and checks run. */
const RUNNER_SECTIONS = ['scripts', 'jest', 'vitest', 'mocha', 'ava', 'tap', 'nyc', 'c8', 'babel', 'eslintConfig', 'packageManager', 'devEngines'];

type Package = Readonly<Record<string, unknown>>;

/** How a changed manifest relates to the base's: `same` runner part, `merged` text with the base's runner part, or `restore` the base's file. */
export type ManifestContract = { readonly kind: 'same' } | { readonly kind: 'merged'; readonly text: string } | { readonly kind: 'restore' };

export function manifestContract(path: string, base: string, candidate: string): ManifestContract {
  return path.endsWith('package.json') ? packageContract(base, candidate) : pyprojectContract(base, candidate);
}

function packageContract(base: string, candidate: string): ManifestContract {
  const before = parse(base);
  const after = parse(candidate);
  if (!before || !after) return { kind: 'restore' };
  if (RUNNER_SECTIONS.every((key) => JSON.stringify(before[key]) === JSON.stringify(after[key]))) return { kind: 'same' };
  const rest = Object.entries(after).filter(([key]) => !RUNNER_SECTIONS.includes(key));
  const runner = Object.entries(before).filter(([key]) => RUNNER_SECTIONS.includes(key));
  return { kind: 'merged', text: `${JSON.stringify(Object.fromEntries([...rest, ...runner]), null, 2)}\n` };
}

function parse(text: string): Package | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** The `[tool.*]` tables configure runners; a change there brings back the whole file of the base. */
const pyprojectContract = (base: string, candidate: string): ManifestContract =>
  toolTables(base) === toolTables(candidate) ? { kind: 'same' } : { kind: 'restore' };

function toolTables(text: string): string {
  let inTool = false;
  const kept: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[{1,2}\s*"?([^\]."]+)/.exec(line);
    if (header) inTool = header[1]?.trim() === 'tool';
    // A dotted key at the top (`tool.pytest.x = 1`) belongs to the tool table too.
    if ((inTool || /^\s*"?tool"?\s*[.=]/.test(line)) && line.trim() !== '') kept.push(line.trim());
  }
  return kept.join('\n');
}
