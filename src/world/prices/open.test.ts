import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openPrices } from './open.ts';

const call = { input: 1111, cached: 333, output: 222 };

test('a known model has a price, in pico-dollars, the cached part at its own', async () => {
  const prices = openPrices({});
  const full = await prices.cost('claude-sonnet-4-5', { ...call, cached: 0 });
  const cached = await prices.cost('claude-sonnet-4-5', call);
  assert.equal(full?.priced, 'prices');
  assert.equal(full?.picoUsd, 6_663_000_000n);
  assert.ok(cached && full && cached.picoUsd < full.picoUsd);
});

test('an unknown model costs unknown, never a guess', async () => {
  const prices = openPrices({});
  assert.equal(await prices.cost('no-such-model', call), null);
  assert.equal(await prices.cost('constructor', call), null);
});

test("the user's own price counts first", async () => {
  const prices = openPrices({
    'no-such-model': { input: 1, output: 10 },
    'claude-sonnet-4-5': { input: 2, cached: 0.5, output: 4 },
  });
  assert.deepEqual(await prices.cost('no-such-model', call), {
    picoUsd: 1111n * 1_000_000n + 2220n * 1_000_000n,
    priced: 'config',
  });
  assert.equal(
    (await prices.cost('claude-sonnet-4-5', call))?.picoUsd,
    778n * 2_000_000n + 333n * 500_000n + 222n * 4_000_000n,
  );
});

test('the source names the version that is installed', () => {
  const manifest: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  assert.ok(openPrices({}).source.includes(` ${manifest.devDependencies['@pydantic/genai-prices']} of 20`));
});
