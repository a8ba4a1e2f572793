/** Names of package managers, runners, checkers and manifests: what only the folder of an ecosystem should know. */
const WORDS = new RegExp(
  String.raw`\b(?:package\.json|node_modules|npm|npx|pnpm|yarn|bun|vitest|jest|mocha|eslint|tsc|tsconfig|pytest|conftest|` +
    String.raw`pyproject|setup\.py|poetry|tox|ruff|mypy|uv|cargo|Cargo|rustc|nextest|go\.(?:mod|sum|work)|golangci|testify|` +
    String.raw`pom\.xml|mvnw?|maven|surefire|gradlew?|junit|dotnet|csproj|cmake|ctest|composer|phpunit|rspec|rubocop|Gemfile|rake)\b`,
);
/** Endings of files of a language, as text or as a pattern. */
const ENDINGS = new RegExp(
  String.raw`(?:'|\\)\.(?:\[cm\]\?\[?[jt]|[cm]?[jt]sx?\b|py[cdix]?\b|go\b|rs\b|rb\b|php\b|java\b|kt\b|cs\b|cpp\b|cxx\b|` +
    String.raw`hpp\b|\(\?:(?:py|rb|java|kt|php|h|c)\b)`,
);
export const ALLOWED: Readonly<Record<string, readonly [lines: number, why: string]>> = {
  'src/app/hook/settings/places.ts': [1, 'how omk itself is started'],
  'src/app/package-root.ts': [1, 'the package of omk itself'],
  'src/domain/contract/addition.ts': [1, 'comments that tell a tool something, in the words of all tools'],
  'src/domain/contract/found-elsewhere.ts': [4, 'names by which a base finds a library; to be data of ecosystems'],
  'src/domain/contract/json-manifest.ts': [1, 'another package of the registry, in manifests that share their form'],
  'src/domain/contract/lock-origins.ts': [1, 'lock files that share their form'],
  'src/domain/contract/stand-ins.ts': [2, 'names by which a base finds a library; to be data of ecosystems'],
  'src/domain/contract/suppressions.ts': [1, 'what switches a checker off, in the words of all tools'],
  'src/domain/contract/vendored.ts': [2, 'folders for the code of others'],
  'src/domain/gates/located-error.ts': [1, 'errors in the words of all tools'],
  'src/domain/queue/lock-file.ts': [1, 'folders for the code of others'],
  'src/domain/secrets/shapes.ts': [1, 'what a token of a registry begins with'],
  'src/domain/text/first-error.ts': [2, 'causes in the order of how telling they are, of all tools'],
  'src/world/agents/resolve/locate.ts': [2, 'how agents are installed'],
  'src/world/agents/turn/visible.ts': [3, 'how agents are installed'],
  'src/world/files/stale-build.ts': [1, 'the sources of omk itself'],
  'src/domain/contract/asks-who-runs.ts': [1, 'words for runners of tests in any language'],
  'src/world/gates/canary/port.ts': [2, 'folders for the code of others, and formatters of all languages'],
  'src/world/gates/check.ts': [1, 'an example for people'],
  'src/world/gates/detect/folders.ts': [1, 'folders beside what people work on'],
  'src/world/gates/layers/share.ts': [1, 'files whose time counts'],
  'src/world/gates/layers/step.ts': [1, 'what tools put before a cause'],
  'src/world/gates/run/layer-writes.ts': [1, 'code in a layer'],
  'src/world/gates/run/memory.ts': [1, 'who speaks after a program that died'],
  'src/world/sandbox/environment.ts': [2, 'the Node of omk itself'],
  'src/world/sandbox/gate-view.ts': [1, 'where a system keeps settings'],
  'src/world/sandbox/toolchains.ts': [7, 'where toolchains lie on a machine'],
  'src/world/syntax/text.ts': [1, 'comments that tell a tool something, in the words of all tools'],
};

/** Whether a line is code, and not a comment. */
const isCode = (line: string): boolean => !/^\s*(?:\/\/|\/?\*)/.test(line);

/** How many lines of a file name a language. What people read (examples, how an agent is installed) may. */
export function linesOfLanguages(file: string, text: string): number {
  if (!/^src\/(?!ecosystems\/|surfaces\/|world\/agents\/presets\/).*\.ts$/.test(file)) return 0;
  if (/\.test\.ts$|\/(?:testing|conformance)\//.test(file) || text.startsWith('// Made from')) return 0;
  return text.split('\n').filter((line) => isCode(line) && (WORDS.test(line) || ENDINGS.test(line))).length;
}

/** Files that name languages more often than they may, or less often than the list of them says. */
export function languagesOutside(files: ReadonlyMap<string, string>): readonly string[] {
  const found = new Map([...files].map(([file, text]) => [file, linesOfLanguages(file, text)]));
  const over = [...found].flatMap(([file, lines]) => {
    const allowed = ALLOWED[file]?.[0] ?? 0;
    if (lines === allowed) return [];
    return lines > allowed
      ? [`${file}: ${lines} lines name a language, and ${allowed} may: what omk knows of one is in src/ecosystems`]
      : [`${file}: only ${lines} lines name a language: write that in ALLOWED of scripts/rooms/languages.ts`];
  });
  const gone = Object.keys(ALLOWED).filter((file) => !files.has(file));
  return [
    ...over,
    ...gone.map((file) => `${file}: is not there: take it out of ALLOWED of scripts/rooms/languages.ts`),
  ];
}
