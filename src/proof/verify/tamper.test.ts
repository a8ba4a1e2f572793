import { isRecord } from '../../domain/record.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { CONVENIENCE } from '../format/names.ts';
import { OWNER, readyBundle, verifyFiles, verifyV1 } from '../testing/bundle.ts';
import { forge, rewrite } from '../testing/forge.ts';

test('no flipped bit in any file that counts is ever verified', async () => {
  const { files } = await readyBundle();
  const names = [...files.keys()].filter((name) => !CONVENIENCE.includes(name) && (files.get(name)?.length ?? 0) > 0);
  const place = fc
    .constantFrom(...names)
    .chain((name) =>
      fc.record({ name: fc.constant(name), at: fc.nat((files.get(name)?.length ?? 1) - 1), bit: fc.nat(7) }),
    );
  await fc.assert(
    fc.asyncProperty(place, async ({ name, at, bit }) => {
      const changed = Uint8Array.from(files.get(name) ?? []);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      assert.equal((await verifyFiles(new Map(files).set(name, changed))).reached, 'none');
    }),
    { numRuns: 300, seed: 20260131 },
  );
});

test('every last character of every signature and digest counts', async () => {
  // The places where base64 has spare bits and texts have optional ends.
  const { files } = await readyBundle();
  for (const [name, content] of files) {
    if (CONVENIENCE.includes(name) || name.startsWith('gates/')) continue;
    for (const index of [
      0,
      content.length - 1,
      content.length - 2,
      content.length - 3,
      content.length - 4,
      content.length - 5,
      content.length - 6,
    ]) {
      for (const bit of [1, 2, 4, 8]) {
        const changed = Uint8Array.from(content);
        changed[index] = (changed[index] ?? 0) ^ bit;
        assert.equal((await verifyFiles(new Map(files).set(name, changed))).reached, 'none', `${name} at ${index}`);
      }
    }
    const longer = new Map(files).set(name, Buffer.concat([content, Buffer.from('\n')]));
    assert.equal((await verifyFiles(longer)).reached, 'none', `${name} with a line more`);
  }
});

test('a file more or less, other than recorded output, is never verified', async () => {
  const { files } = await readyBundle();
  for (const name of files.keys()) {
    if (CONVENIENCE.includes(name)) continue;
    const less = new Map(files);
    less.delete(name);
    const report = await verifyFiles(less);
    assert.equal(report.reached, name.startsWith('gates/') ? 'V0' : 'none', name);
  }
  for (const name of ['gates/unit.contract.9.stdout', 'notes.txt', 'gate-x.sigstore.json', 'keys/id_ed25519'])
    assert.equal((await verifyFiles(new Map(files).set(name, Buffer.from('x')))).reached, 'none', name);
});

test('a signed log with any value spoilt gives a report, not a crash', async () => {
  const { goal, files } = await readyBundle();
  const spoilt = fc.constantFrom<unknown>(null, 0, '', 'x', [], {}, [null], true);
  await fc.assert(
    fc.asyncProperty(fc.nat(18), fc.nat(60), spoilt, async (line, nth, value) => {
      const log = (events: readonly unknown[]): readonly unknown[] => {
        let count = 0;
        const event = events[line];
        const data = isRecord(event) ? event['data'] : null;
        const edited = rewrite(data, (inner) => (count++ === nth ? value : inner));
        return events.with(line, { ...(isRecord(event) ? event : {}), data: edited });
      };
      const report = await verifyV1(goal, forge(files, OWNER, { log }));
      assert.ok(report.checks.length > 0);
    }),
    { numRuns: 300, seed: 20260131 },
  );
});
