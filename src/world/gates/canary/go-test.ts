import { ordered, type CanaryMaker } from './port.ts';

/** Files for one system only carry its name; whether they are built is not known here. */
const SYSTEM = /_(?:windows|linux|darwin|freebsd|openbsd|netbsd|js|wasm|plan9|amd64|arm64|386|arm)_test\.go$/;

export const goTestCanary: CanaryMaker = {
  name: (hex) => `TestOmkCanary${hex}`,
  candidates: (paths) => ordered(paths.filter((path) => path.endsWith('_test.go') && !SYSTEM.test(path) && !/(?:^|\/)[_.]/.test(path))),
  filters: ['-run', '-skip', '-list'],
  plant(_path, content, name) {
    if (/^\/\/(?:go:build|\s*\+build)/m.test(content) || !importsTesting(content)) return null;
    return `${content}\nfunc ${name}(t *testing.T) {\n\tt.Fatal("omk canary: fails, as it must")\n}\n`;
  },
};

const importsTesting = (content: string): boolean =>
  /^import\s+"testing"/m.test(content) || /^import\s*\((?:[^)]*\n)?\s*"testing"/m.test(content);
