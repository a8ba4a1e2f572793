import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { slug } from '#slug';

const titles: Record<string, string> = JSON.parse(readFileSync(new URL('fixtures/titles.json', import.meta.url), 'utf8'));

for (const [title, wanted] of Object.entries(titles)) test(title, () => equal(slug(title), wanted));
