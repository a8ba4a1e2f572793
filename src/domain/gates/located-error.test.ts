import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { locatedError } from './located-error.ts';

suite('the first error that an output names', () => {
  for (const [name, output, said] of [
    [
      'rustc',
      'warning: unused\n   Compiling x\nerror[E0425]: cannot find value `y`\n --> src/lib.rs:3:5\n  |\nerror: could not compile `x`\n',
      'error[E0425]: cannot find value `y` (src/lib.rs:3:5)',
    ],
    ['gcc', 'make: x\nsrc/a.c:3:5: error: expected ‘;’\nmake: *** 1\n', 'src/a.c:3:5: error: expected ‘;’'],
    ['go', '# example.com/x\n./a.go:4:2: undefined: y\nFAIL\n', './a.go:4:2: undefined: y'],
    ['tsc', '> tsc\nsrc/a.ts(3,5): error TS1005: , expected.\n', 'src/a.ts(3,5): error TS1005: , expected.'],
    [
      'javac of Maven',
      '[INFO] x\n[ERROR] /s/A.java:[3,5] cannot find symbol\n',
      '[ERROR] /s/A.java:[3,5] cannot find symbol',
    ],
    ['javac', '/s/A.java:3: error: cannot find symbol\n', '/s/A.java:3: error: cannot find symbol'],
    ['C#', 'A.cs(3,5): error CS0103: no such name\n', 'A.cs(3,5): error CS0103: no such name'],
    [
      'Node',
      'file:///omk/checkout/src/a.js:3\nexport const = 1;\n             ^\n\nSyntaxError: Unexpected token\n    at x\n',
      'SyntaxError: Unexpected token (/omk/checkout/src/a.js:3)',
    ],
    ['Python', 'E     File "/c/a.py", line 3\n', null],
    [
      'Python',
      '  File "/c/a.py", line 3\n    def (\nSyntaxError: invalid syntax\n',
      'SyntaxError: invalid syntax (/c/a.py:3)',
    ],
    [
      'PHP',
      'PHP Parse error:  syntax error, x in /c/a.php on line 3\n',
      'PHP Parse error: syntax error, x in /c/a.php on line 3',
    ],
    ['Ruby', "a.rb:3: syntax error, unexpected 'end'\n", "a.rb:3: syntax error, unexpected 'end'"],
    ['ESLint', '\n/c/clamp.js\n  1:3  error  Missing space  semi\n', '1:3 error Missing space semi (/c/clamp.js)'],
    ['npm alone', 'npm error: code 1\nnpm ERR! code ELIFECYCLE\n', null],
    ['nothing of the kind', '2 passed\n', null],
  ] as const)
    test(`of ${name}`, () => assert.equal(locatedError(output), said));

  test('property: an error after other lines is found, in one short line', () => {
    const word = fc.stringMatching(/^[a-z ]*$/);
    fc.assert(
      fc.property(fc.array(word), fc.nat({ max: 600 }), fc.string({ maxLength: 3000 }), (before, length, after) => {
        const said = locatedError([...before, `error: ${'x'.repeat(length)}y`, after].join('\n')) ?? '';
        assert.match(said, /^error: [xy]/);
        assert.ok(said.length <= 242 && !said.includes('\n'));
      }),
    );
  });
});
