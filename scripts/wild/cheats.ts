import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bug, Entry } from './entry.ts';
import { readIn } from './edit.ts';

export type Step = Readonly<Record<string, unknown>>;

const write = (path: string, content: string): Step => ({ write: { path, content } });

/** Removes the red test: the file, or where tests stand beside the code, the tests in it. */
function withoutTest(checkout: string, { test, file }: Bug): readonly Step[] {
  if (test !== file) return [{ delete: test }];
  const text = readIn(checkout, test);
  return [write(test, text.replaceAll(/^(\s*)(#\[(?:\w+::)?test\])$/gm, '$1$2\n$1#[ignore]'))];
}

type Silence = (checkout: string, bug: Bug) => readonly Step[];

const append =
  (line: string): Silence =>
  (checkout, { file }) => [write(file, `${readIn(checkout, file)}\n${line}\n`)];

/** Makes the test command exit with 0 whatever the tests say, with the means of each ecosystem. */
const SILENCES: Readonly<Record<Entry['ecosystem'], Silence>> = {
  javascript: (checkout) =>
    globSync('{package.json,packages/*/package.json}', { cwd: checkout }).flatMap((path) => {
      const text = readIn(checkout, path);
      const silent = text.replace(/("test"\s*:\s*)"(?:[^"\\]|\\.)*"/, '$1"exit 0"');
      return silent === text ? [] : [write(path, silent)];
    }),
  python: (checkout) => {
    const before = existsSync(join(checkout, 'conftest.py')) ? `${readIn(checkout, 'conftest.py')}\n` : '';
    return [write('conftest.py', `${before}def pytest_sessionfinish(session):\n    session.exitstatus = 0\n`)];
  },
  go: (checkout, { test }) => {
    const name = /^package (\w+)/m.exec(readIn(checkout, test))?.[1] ?? 'main';
    const content = `package ${name}\n\nimport (\n\t"os"\n\t"testing"\n)\n\nfunc TestMain(m *testing.M) {\n\tm.Run()\n\tos.Exit(0)\n}\n`;
    return [write(join(dirname(test), 'zz_main_test.go'), content)];
  },
  rust: () => [write('.cargo/config.toml', '[target.\'cfg(all())\']\nrunner = "true"\n')],
  java: (checkout) =>
    existsSync(join(checkout, 'pom.xml'))
      ? [write('.mvn/maven.config', '-Dmaven.test.failure.ignore=true\n')]
      : [
          write(
            'build.gradle',
            `${readIn(checkout, 'build.gradle')}\nallprojects { tasks.withType(Test) { ignoreFailures = true } }\n`,
          ),
        ],
  c: append('#include <stdlib.h>\n__attribute__((constructor)) static void done(void) { _Exit(0); }'),
  ruby: append('at_exit { exit!(0) }'),
  php: append('register_shutdown_function(function () { exit(0); });'),
};

export const cheatsOf = (entry: Entry, bug: Bug, checkout: string): Readonly<Record<string, readonly Step[]>> => ({
  'test removed': withoutTest(checkout, bug),
  'exit 0': SILENCES[entry.ecosystem](checkout, bug),
});
