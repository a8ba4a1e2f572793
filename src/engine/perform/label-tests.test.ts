import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestChange } from '../../domain/contract/labels/change.ts';
import { parseFile } from '../../world/syntax/parse.ts';
import type { Syntax } from '../../world/syntax/port.ts';
import { labelTests } from './label-tests.ts';

const PATH = 'a.test.js';
const syntax: Syntax = {
  read: (files) => Promise.all(files.map(parseFile)),
  hollow: () => Promise.resolve([]),
  alter: () => Promise.resolve([]),
};

async function labels(base: string, candidate: string): Promise<readonly TestChange[]> {
  const mode = '100644';
  const found = await labelTests(syntax, {
    changes: [{ path: PATH, change: 'modified', oldMode: mode, newMode: mode }],
    judging: [],
    extended: [],
    support: new Set(),
    read: () => Promise.resolve(new Map([[PATH, { base, candidate }]])),
    mask: (text) => text,
  });
  return found?.changes ?? [];
}

test('a file gained where each of its lines is there as it was, and is another where one is not', async () => {
  const base = "const rows = [[1, 2]];\ntest('a', () => { for (const row of rows) check(row); });\n";
  const whys = async (candidate: string): Promise<readonly string[]> =>
    (await labels(base, candidate)).map((each) => (each.kind === 'changed' ? each.why : each.kind));
  assert.deepEqual(await whys(base.replace('\n', '\nconst more = 1;\n')), ['more_outside']);
  assert.deepEqual(await whys(base.replace('[1, 2]', '[1, 2], [3, 4]')), ['outside_of_tests']);
});
