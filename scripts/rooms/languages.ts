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
/** Files in which lines of a language may stand, how many, and why. To be made smaller, never larger. */
export const ALLOWED: Readonly<Record<string, readonly [lines: number, why: string]>> = {};

/** Whether a line is code, and not a comment. */
const isCode = (line: string): boolean => !/^\s*(?:\/\/|\/?\*)/.test(line);

/** How many lines of a file name a language. What people read (examples, how an agent is installed) may. */
export function linesOfLanguages(file: string, text: string): number {
  if (!/^src\/(?!ecosystems\/|surfaces\/|world\/agents\/presets\/).*\.ts$/.test(file)) return 0;
  if (/\.test\.ts$|\/(?:testing|conformance)\//.test(file)) return 0;
  return text.split('\n').filter((line) => isCode(line) && (WORDS.test(line) || ENDINGS.test(line))).length;
}
