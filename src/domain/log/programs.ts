type Words = Readonly<Record<string, readonly string[]>>;

interface Fields {
  readonly [name: string]: unknown;
}

/** How agents are started, taken out of the data of a goal that says so: the line has it without the folders of a machine. */
export function withoutPrograms(data: Fields): { readonly data: Fields; readonly programs: Words } {
  if (data['programs'] !== 'named') return { data, programs: {} };
  const programs: Record<string, readonly string[]> = {};
  const brief = inEach(data, (place, argv) => {
    const words = argv.map(withoutFolders);
    if (words.some((word, at) => word !== argv[at])) programs[place] = argv;
    return words;
  });
  return { data: brief, programs };
}

export const withPrograms = (data: Fields, programs: Words): Fields =>
  Object.keys(programs).length === 0 ? data : inEach(data, (place, argv) => programs[place] ?? argv);

/** `change` is told which agent it is: the one of the goal, another one, or that of a role. */
function inEach(data: Fields, change: (place: string, argv: readonly string[]) => readonly string[]): Fields {
  const changed = (place: string, spec: unknown): unknown =>
    isFields(spec) && isWords(spec['argv']) ? { ...spec, argv: change(place, spec['argv']) } : spec;
  const within = (place: string, fields: Fields, names: readonly string[]): Fields => ({
    ...fields,
    ...Object.fromEntries(
      names.filter((name) => name in fields).map((name) => [name, changed(`${place}${name}`, fields[name])]),
    ),
  });
  const { options } = data;
  if (!isFields(options)) return within('', data, ['agent']);
  const { roleAgents } = options;
  const roles = isFields(roleAgents) ? { roleAgents: within('roleAgents.', roleAgents, Object.keys(roleAgents)) } : {};
  return within('', { ...data, options: { ...within('', options, ['fallbackAgent']), ...roles } }, ['agent']);
}

/** `/home/me/bin/agent` is `{program}/agent`, also inside of a word such as `--config=/home/me/a.toml`. */
export const withoutFolders = (word: string): string =>
  word.startsWith('/') ? briefly(word) : word.replace(INSIDE, '{program}/');

const briefly = (path: string): string => `{program}/${path.slice(path.lastIndexOf('/') + 1)}`;

const INSIDE = /(?<![\w.}~/-])\/(?:[^\s/'":=,;]+\/)+/g;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Undefined for what is none of these. */
export function readPrograms(value: unknown): Words | undefined {
  if (!isFields(value)) return undefined;
  const entries = Object.entries(value).flatMap(([place, argv]) => (isWords(argv) ? [[place, argv] as const] : []));
  return Object.fromEntries(entries);
}
