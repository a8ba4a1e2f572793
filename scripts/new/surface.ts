import { idOf, type Template } from './template.ts';

/** A surface that offers nothing yet, with a test that says what is missing. */
export function newSurface(name: string): Template {
  const id = idOf(name);
  const folder = `src/surfaces/${name}`;
  return {
    files: new Map([
      [`${folder}/main.ts`, surface(id)],
      [`${folder}/main.test.ts`, surfaceTest(name, id)],
    ]),
    lines: [],
    next: [
      `node --test ${folder}/main.test.ts`,
      'an entry in scripts/build.ts, where the program is put together',
      'a page in docs, and its line in README.md',
    ],
  };
}

const surface = (
  id: string,
): string => `/** What can be asked for here: a name, and the use case of src/app/use that answers. */
export const ${id}: Readonly<Record<string, (...args: readonly string[]) => Promise<string>>> = {};
`;

const surfaceTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ${id} } from './main.ts';

test('${name}: it offers use cases of the program, and each says what it did', async () => {
  const offered = Object.entries(${id});
  assert.ok(offered.length > 0, 'missing: a use case. A surface takes them from src/app/use, and imports app and domain only');
  for (const [use, act] of offered) assert.notEqual(await act(), '', \`missing: what \${use} says\`);
});
`;
