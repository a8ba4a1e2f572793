import { readdirSync, readFileSync } from 'node:fs';

const allowed = JSON.parse(readFileSync(new URL('../lint.allow.json', import.meta.url), 'utf8'));
let bad = 0;
for (const name of readdirSync('src')) {
  const path = `src/${name}`;
  if (allowed.includes(path)) continue;
  if (/\bvar\b/.test(readFileSync(path, 'utf8'))) {
    console.error(`${path}: var`);
    bad += 1;
  }
}
process.exit(bad === 0 ? 0 : 1);
