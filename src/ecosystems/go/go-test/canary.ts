import { numbers, pascalCase } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

/** Files for one system only carry its name; whether they are built is not known here. */
const SYSTEM = /_(?:windows|linux|darwin|freebsd|openbsd|netbsd|js|wasm|plan9|amd64|arm64|386|arm)_test\.go$/;

export const goTestCanary: CanaryMaker = {
  style: pascalCase,
  tests: 4,
  candidates: (paths) =>
    ordered(paths.filter((path) => path.endsWith('_test.go') && !SYSTEM.test(path) && !/(?:^|\/)[_.]/.test(path))),
  // A package and its external tests are built from one folder, and reported under one path.
  scope: (path) => path.slice(0, path.lastIndexOf('/') + 1),
  filters: /^--?(?:test\.)?(?:run|skip|list|failfast)(?:=|$)/,
  plant(_path, content, [stops, goesOn, outer, inner]) {
    if (/^\/\/(?:go:build|\s*\+build)/m.test(content) || !importsTesting(content)) return null;
    const [a, b] = numbers(stops);
    return `${content}
func ${stops}(t *testing.T) {
\tt.Fatalf("got %d, want %d", ${a}, ${b})
}

func ${goesOn}(t *testing.T) {
\tt.Errorf("got %d, want %d", ${a}, ${b})
}

func ${outer}(t *testing.T) {
\tt.Run("${inner}", func(t *testing.T) { t.FailNow() })
}
`;
  },
};

const importsTesting = (content: string): boolean =>
  /^import\s+"testing"/m.test(content) || /^import\s*\((?:[^)]*\n)?\s*"testing"/m.test(content);
