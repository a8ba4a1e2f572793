import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateSpec } from '../testing/build.ts';
import { contractOf } from './contract.ts';

type Texts = Readonly<Record<string, string>>;

/** What is laid over a candidate that changes these files of a base. */
async function laidOver(base: Texts, candidate: Texts): Promise<readonly string[]> {
  const of = (texts: Texts, paths: readonly string[]) =>
    new Map(paths.flatMap((path) => (path in texts ? [[path, texts[path] ?? ''] as const] : [])));
  const changes = Object.keys(candidate).map((path) => ({
    path,
    change: path in base ? ('modified' as const) : ('added' as const),
    oldMode: '100644',
    newMode: '100644',
  }));
  const contract = await contractOf(
    changes,
    new Set(Object.keys(base)),
    {
      texts: async (side, paths) => of(side === 'base' ? base : candidate, paths),
      mentions: async (needles) =>
        Object.entries(base)
          .map(([path, text]) => ({ path, text }))
          .filter(({ text }) => needles.some((needle) => text.includes(needle))),
    },
    [gateSpec()],
  );
  return (contract ?? assert.fail('it could be read')).plan.edits.map(({ path, action }) => `${action} ${path}`).sort();
}

const BASE: Texts = {
  'src/sums.h': 'int add(int a, int b);',
  'src/sums.c': '#include "sums.h"',
  'tests/adds.c': '#include "sums.h"\n#include <string.h>\nint main(void) { return strcmp(text(add(2, 3)), "5"); }',
};

test('a header that changes the words of tests is the base’s, and the rest of the change is not', async () => {
  const changed = {
    'src/sums.h': `${BASE['src/sums.h']}\n#define strcmp(a, b) 0`,
    'src/sums.c': '#include "sums.h"\n',
  };
  assert.deepEqual(await laidOver(BASE, changed), ['restore src/sums.h']);
  assert.deepEqual(await laidOver(BASE, { 'src/string.h': '#define strcmp(a, b) 0' }), ['remove src/string.h']);
  assert.deepEqual(await laidOver(BASE, { 'src/sums.h': `${BASE['src/sums.h']}\n#define MAX 9` }), []);
});
