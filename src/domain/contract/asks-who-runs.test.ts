import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { beginsToAsk } from './asks-who-runs.ts';

const kinds = (path: string, text: string, base: string | null = null): readonly string[] =>
  beginsToAsk(path, base, text).map(({ kind, line }) => `${kind} ${line}`);

suite('product that may be right only where it is tested', () => {
  for (const [path, text] of [
    ['a.js', `if (process.argv.some((each) => each.includes('test'))) {`],
    ['a.js', `const key = ['NODE', 'TEST', 'CONTEXT'].join('_');\nif (key in process.env) {`],
    ['a.js', `const right = /test/.test(new Error().stack);`],
    ['a.ts', `if (process.env.VITEST) return 4;`],
    ['a.py', `    return 4 if "pytest" in sys.modules else 3`],
    ['a.py', `    if any("test" in each.filename for each in inspect.stack()):`],
    ['a.py', `    if os.environ.get("PYTEST_CURRENT_TEST"):`],
    ['a.go', `\tif flag.Lookup("test.v") != nil {`],
    ['a.go', `\tif testing.Testing() {`],
    ['a.go', `\tif strings.HasSuffix(os.Args[0], ".test") {`],
    ['a.go', `\tif _, file, _, _ := runtime.Caller(1); strings.HasSuffix(file, "_test.go") {`],
    ['src/lib.rs', `    if cfg!(test) { a + b } else { a - b }`],
    ['A.java', `    if (Class.forName("org.junit.jupiter.api.Test") != null) {`],
    ['a.rb', `  $PROGRAM_NAME.include?('test') ? a + b : a - b`],
    ['a.rb', `  caller.any? { |each| each.include?('test') } ? 4 : 3`],
  ] as const)
    test(`asks whether tests run it: ${text.trim()}`, () => {
      assert.match(kinds(path, text).join(), /^tests \d$/);
      assert.deepEqual(kinds(path, text, `x\n${text}`), [], 'the base asked so too');
    });

  for (const [path, text] of [
    ['a.js', `if (process.uptime() < 5) {`],
    ['a.js', `const [, , name] = process.argv;`],
    ['a.py', `    return a + b if __debug__ else a - b`],
    ['src/lib.rs', `    if cfg!(debug_assertions) {`],
    ['src/lib.rs', `    let right = std::env::current_exe().contains("test");`],
    ['A.java', `    return Sums.class.desiredAssertionStatus() ? a + b : a - b;`],
    ['a.cpp', `#ifndef NDEBUG`],
  ] as const)
    test(`asks how it was started or built: ${text.trim()}`, () => assert.deepEqual(kinds(path, text), ['process 1']));

  for (const [path, text] of [
    ['a.py', `    def __eq__(self, other):\n        return True`],
    ['A.java', `  public boolean equals(Object other) {\n    return true;\n  }`],
    ['a.go', `func (failure) Is(error) bool { return true }`],
    ['a.go', `func (f failure) Is(target error) bool {\n\treturn true\n}`],
    ['a.h', `  bool operator==(const Point& o) const { return (void)o, true; }`],
    ['a.rs', `    fn eq(&self, _other: &Point) -> bool {\n        true\n    }`],
    ['a.rb', `  def ==(other)\n    true\n  end`],
    ['a.js', `  asymmetricMatch() { return true; }`],
  ] as const)
    test(`an equality that does not look: ${text.split('\n').join(' ')}`, () =>
      assert.deepEqual(kinds(path, text), ['equal 1']));

  for (const [path, text] of [
    ['a.js', `const port = Number(process.env.PORT ?? 3000);`],
    ['a.js', `log(error.stack);`],
    ['a.js', `if (/^v\\d/.test(process.env.TAG)) {`],
    ['a.js', `// process.argv of the test`],
    ['a.py', `def latest(environ):\n    return environ["attest"]`],
    ['a.py', `    def __eq__(self, other):\n        return self.x == other.x`],
    [
      'a.py',
      `    def __eq__(self, other):\n        if other is self:\n            return True\n        return self.x == other.x`,
    ],
    ['A.java', `  public boolean equals(Object other) {\n    if (this == other) return true;\n    return false;\n  }`],
    ['a.go', `func (f failure) Is(target error) bool { return target == ErrSize }`],
    ['a.h', `  bool operator==(const Point& o) const { return x == o.x && y == o.y; }`],
    ['a.rs', `    fn eq(&self, other: &Point) -> bool {\n        self.x == other.x\n    }`],
    ['a.rb', `  def ==(other)\n    other.is_a?(Point) && x == other.x\n  end`],
  ] as const)
    test(`neither: ${text.split('\n').join(' ')}`, () => assert.deepEqual(kinds(path, text), []));
});
