import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { entryPoints, entryTexts } from './entry-points.ts';

/** What a tree of these texts has, with what its manifests hold. */
const runs = (
  tree: Readonly<Record<string, string>>,
  manifests: Readonly<Record<string, unknown>> = {},
): readonly (readonly [string, string])[] =>
  entryPoints(
    Object.keys(tree).map((path) => ({ path, mode: '100644' })),
    {
      there: new Set(Object.keys(tree)),
      texts: new Map(Object.entries(tree)),
      data: (path) => manifests[path] ?? null,
    },
  ).map(({ path, run }) => [path, run] as const);

suite('programs that manifests declare', () => {
  test('scripts of Python are called without an installation, also below src/', () => {
    const tree = { 'tool/cli.py': '', 'src/other/__init__.py': '' };
    const of = (...scripts: (readonly [string, string])[]) =>
      runs(tree, { 'pyproject.toml': { project: { scripts: Object.fromEntries(scripts) } } });
    assert.deepEqual(of(['tool', 'tool.cli:main'], ['other', 'other:run']), [
      ['tool/cli.py', `python3 -c "import sys; sys.argv[0] = 'tool'; from tool.cli import main; sys.exit(main())"`],
      [
        'src/other/__init__.py',
        `PYTHONPATH=src python3 -c "import sys; sys.argv[0] = 'other'; from other import run; sys.exit(run())"`,
      ],
    ]);
    assert.deepEqual(of(['gone', 'gone:main'], ["x'; rm", 'tool.cli:main'], ['y', 'tool.cli:main; x']), []);
  });

  test('a script of Python is a program where it reads arguments outside of any function, or asks whether it is started', () => {
    const of = (text: string) => runs({ 'cli.py': text });
    const found = [['cli.py', 'python3 cli.py']];
    assert.deepEqual(of('import sys\nif len(sys.argv) > 1:\n    print(sys.argv[1])\n'), found);
    assert.deepEqual(of('import argparse\np = argparse.ArgumentParser()\nargs = p.parse_args()\n'), found);
    assert.deepEqual(of('if __name__ == "__main__":\n    main()\n'), found);
    assert.deepEqual(of('import sys\ndef main():\n    return sys.argv\n'), []);
    assert.deepEqual(of('from sys import argv\n# sys.argv\ndef parse_args(args): return args\n'), []);
  });

  test('binaries of Cargo are those that are declared and those in their usual places, each once', () => {
    const tree = { 'src/main.rs': '', 'src/bin/more.rs': '', 'src/cli.rs': '', 'src/lib.rs': '' };
    const bins = [
      { name: 'cli', path: 'src/cli.rs' },
      { name: 'gone', path: 'src/gone.rs' },
    ];
    const of = (found: object) => runs(tree, { 'Cargo.toml': found }).map(([path, run]) => `${path}: ${run}`);
    assert.deepEqual(of({ package: { name: 'tool' }, bin: bins }), [
      'src/cli.rs: cargo run --quiet --offline --bin cli --',
      'src/main.rs: cargo run --quiet --offline --bin tool --',
      'src/bin/more.rs: cargo run --quiet --offline --bin more --',
    ]);
    assert.deepEqual(
      of({ package: { name: 'tool' }, bin: [{ name: 'own', path: 'src/main.rs' }] })[0],
      'src/main.rs: cargo run --quiet --offline --bin own --',
    );
    assert.deepEqual(of({ package: { name: 'tool' }, bin: [{ name: 'more' }, { name: 1 }, 'x'] }), [
      'src/bin/more.rs: cargo run --quiet --offline --bin more --',
      'src/main.rs: cargo run --quiet --offline --bin tool --',
    ]);
    for (const strange of [{}, { package: 1 }, { package: { name: 1 }, bin: 1 }]) assert.deepEqual(of(strange), []);
  });

  test('folders of Go with a main function are built and then run, so that exit codes are their own', () => {
    const main = 'package main\n\nfunc main() {}\n';
    const tree = {
      'go.mod': 'module example.com/tool/v2\n',
      'main.go': main,
      'cmd/serve/a.go': main,
      'cmd/serve/b.go': 'package main\n',
      'lib/lib.go': 'package lib\n\nfunc main() {}\n',
      'x_test.go': main,
    };
    assert.deepEqual(runs(tree), [
      ['main.go', 'go build -o "${TMPDIR:-/tmp}/tool" . && "${TMPDIR:-/tmp}/tool"'],
      ['cmd/serve/a.go', 'go build -o "${TMPDIR:-/tmp}/serve" ./cmd/serve && "${TMPDIR:-/tmp}/serve"'],
    ]);
    assert.deepEqual(runs({ 'go.mod': 'module "x;y"\n', 'main.go': main }), [], 'its name is for a shell');
    assert.ok(entryTexts([{ path: 'cmd/serve/a.go', mode: '100644' }]).includes('cmd/serve/a.go'));
  });

  test('the main file of a package is one where it reads arguments or runs when it is started', () => {
    const tree = {
      'main.js': 'if (require.main === module) run(process.argv);\n',
      'lib.js': 'module.exports = 1;\n',
    };
    const of = (manifest: object) => runs(tree, { 'package.json': manifest }).map(([, run]) => run);
    assert.deepEqual(of({ main: './main.js' }), ['node main.js']);
    assert.deepEqual(of({ exports: { '.': { import: './main.js' } } }), ['node main.js']);
    assert.deepEqual(of({ main: 'lib.js', exports: './lib.js' }), []);
    assert.deepEqual(of({ main: 'gone.js' }), []);
  });

  test('property: no manifest is too strange to be read', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('package.json', 'pyproject.toml', 'Cargo.toml'), (text, path) =>
        Array.isArray(runs({ 'a.py': '' }, { [path]: JSON.parse(text) })),
      ),
    );
  });
});
