import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entryPoints, entryTexts, examplesOf } from './entry-points.ts';
import type { ProgramTree } from '../project/project-rules.ts';
import { asksForSpeed, foundCaptures, portOf } from './port.ts';

const tree: Readonly<Record<string, readonly [mode: string, text: string]>> = {
  'package.json': ['100644', '{"name":"tool","bin":{"tool":"./bin/tool.js"}}'],
  'bin/tool.js': ['100755', '#!/usr/bin/env node\n'],
  'cli.py': ['100644', 'import sys\nif __name__ == "__main__":\n    sys.exit(0)\n'],
  'lib.py': ['100644', 'def f(): pass\n'],
  'pkg/__main__.py': ['100644', 'print(1)\n'],
  'run.sh': ['100755', '#!/bin/sh\n'],
  'tests/test_cli.py': ['100644', 'if __name__ == "__main__":\n    run()\n'],
  'README.md': [
    '100644',
    '```\n$ python cli.py sum 1 2   # adds\n$ python3 cli.py sum <n>\ntool list\n$ ./run.sh | sort\n$ python cli.py sum 1 2\n```\n',
  ],
};
const files = Object.entries(tree).map(([path, [mode]]) => ({ path, mode }));
const texts = new Map(entryTexts(files).map((path) => [path, tree[path]?.[1] ?? '']));
const treeOf = (known: ReadonlyMap<string, string>, manifest: unknown = null): ProgramTree => ({
  there: new Set(files.map(({ path }) => path)),
  texts: known,
  data: (path) => (path === 'package.json' ? manifest : null),
});
const entries = entryPoints(files, treeOf(texts, JSON.parse(texts.get('package.json') ?? 'null')));
const OLD = { path: 'lib/old.mjs', run: 'node lib/old.mjs', spelled: [] };

suite('entry points', () => {
  test('are what a package declares and what can be run as it is, and no tests', () => {
    assert.deepEqual(
      entries.map(({ run }) => run),
      ['node bin/tool.js', 'python3 cli.py', 'python3 pkg', 'sh run.sh'],
    );
    assert.deepEqual(entryPoints(files, treeOf(new Map([['package.json', '{']]))), []);
    const odd = ['my tool.sh', 'x;y.sh', '$(x).sh'].map((path) => ({ path, mode: '100755' }));
    assert.deepEqual(
      entryPoints(odd, treeOf(new Map(odd.map(({ path }) => [path, '#!/bin/sh\n'])))),
      [],
      'a shell reads more',
    );
  });

  test('are called as a README shows it, without what is to be filled in or what a shell makes more of', () => {
    const of = (path: string): readonly string[] => {
      const entry = entries.find((each) => each.path === path);
      return entry ? examplesOf(entry, texts) : [];
    };
    assert.deepEqual([of('cli.py'), of('bin/tool.js'), of('run.sh')], [['sum 1 2'], ['list'], []]);
  });
});

suite('a port', () => {
  test('is what a goal begins with, of a program that is there, to a language that it is not in', () => {
    for (const [prompt, to] of [
      ['Port cli.py to TypeScript', 'cli.ts'],
      ['please rewrite `./cli.py` in Go.', 'cli.go'],
      ['Translate the script run.sh into Python, and keep its name', 'run.py'],
      ['convert bin/tool.js to ruby', 'bin/tool.rb'],
      ['Port cli.py to Python 3', null],
      ['Port lib.py to TypeScript', null],
      ['Add what cli.py does to TypeScript', null],
      ['Port cli.py to the new API', null],
      ['Port lib/old.mjs to JavaScript', null],
      ['Portiere cli.py nach TypeScript', null],
    ] as const)
      assert.equal(portOf(prompt, [...entries, OLD])?.to ?? null, to, prompt);
  });

  test('compares examples, help and nothing, without the old file, its name and standard error; and tries the language first', () => {
    const found = foundCaptures(entries, texts, portOf('Port cli.py to JavaScript', entries));
    assert.deepEqual(
      found.map(({ run, becomes }) => [run, becomes]),
      [
        ['python3 cli.py sum 1 2', 'node cli.js sum 1 2'],
        ['python3 cli.py --help', 'node cli.js --help'],
        ['python3 cli.py', 'node cli.js'],
        ['node omk-trial.js', undefined],
      ],
    );
    const [first] = found;
    assert.deepEqual([first?.without, first?.mask, first?.stderr], [['cli.py'], ['cli\\.py|cli\\.js'], false]);
    assert.deepEqual(found.at(-1)?.trial, true);
  });

  test('is none of a refactoring: commands stay what they are', () => {
    const found = foundCaptures(entries, texts, null);
    assert.equal(found.length, 8, 'bounded');
    assert.ok(found.every(({ becomes, without, trial }) => becomes === undefined && !without && !trial));
  });
});

test('a goal asks for speed by its words, and not where it only speaks of time', () => {
  for (const prompt of ['Make parse() twice as fast', 'speed up the build', 'Parse 3 times as fast', 'faster sort'])
    assert.ok(asksForSpeed(prompt), prompt);
  for (const prompt of ['Add a fast path flag', 'Print the time', 'Break fast loops'])
    assert.ok(!asksForSpeed(prompt), prompt);
});
