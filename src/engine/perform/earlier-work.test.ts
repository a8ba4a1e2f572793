import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotOf, tree } from '../../domain/testing/build.ts';
import { withoutMarks } from './earlier-work.ts';

test('a file in which marks of a merge are left is not delivered; text that only looks a little like them is', async () => {
  const files: Readonly<Record<string, string>> = {
    'left.md': 'a\n<<<<<<< 1\nx\n||||||| 2\n=======\ny\n>>>>>>> 3\n',
    'settled.md': 'a\n=======\nb\n',
    'quoted.md': 'so: <<<<<<< begins and >>>>>>> ends it\n',
  };
  const vault = {
    readFile: async (_: unknown, path: string) =>
      path in files ? { id: 'b'.repeat(40), content: Buffer.from(files[path] ?? '') } : null,
  };
  const taken = await withoutMarks(vault, [...Object.keys(files), 'gone.md'], snapshotOf(tree('x')));
  assert.deepEqual(
    taken.refused.map(({ path }) => path),
    ['left.md'],
  );
});
