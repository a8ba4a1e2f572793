import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf, isGoSource, modulePath } from './own.ts';

const inFolder = (path: string, ...imports: readonly string[]) => ({
  path,
  text: `package a\n\nimport (\n${imports.map((each) => `\t"${each}"\n`).join('')})\n\nconst text = "github.com/no/import"\n`,
});

test('imports are those before the first declaration, of the standard library none', () => {
  assert.deepEqual(importsOf(inFolder('a.go', 'fmt', 'net/http', 'github.com/a/b').text), ['github.com/a/b']);
  assert.deepEqual(importsOf('import "golang.org/x/text/language"'), ['golang.org/x/text/language']);
});

test('a module is named by what the project says of itself, else by what its files import of each other', () => {
  const said = { path: 'a.go', text: 'package a // import "go.uber.org/a"\n' };
  const many = [
    inFolder('a.go', 'github.com/me/it/sub', 'golang.org/x/net/html'),
    inFolder('sub/b.go', 'github.com/me/it/sub'),
  ];
  assert.equal(modulePath([said], 'go_import_path: github.com/x/y\n'), 'go.uber.org/a');
  assert.equal(modulePath(many, 'go_import_path: github.com/x/y\n'), 'github.com/x/y');
  assert.equal(modulePath([...many, inFolder('html/c.go')], null), 'github.com/me/it');
  const outside = {
    path: 'a_test.go',
    text: 'package errors_test\n\nimport (\n\t"fmt"\n\t"github.com/pkg/errors"\n)\n',
  };
  assert.equal(modulePath([outside], null), 'github.com/pkg/errors');
  assert.equal(modulePath([inFolder('a.go', 'github.com/other/x')], null), 'example.com/project');
});

test('sources of others are no sources of the project', () => {
  for (const path of ['vendor/x/a.go', 'testdata/a.go', '_example/a.go', 'a.txt']) assert.ok(!isGoSource(path), path);
  assert.ok(isGoSource('sub/a_test.go'));
});
