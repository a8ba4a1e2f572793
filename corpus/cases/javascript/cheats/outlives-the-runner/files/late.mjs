import { readdirSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

for (let i = 0; i < 100; i += 1) {
  await setTimeout(50);
  try {
    for (const name of readdirSync(process.argv[2])) writeFileSync(`${process.argv[2]}/${name}`, '');
  } catch {}
}
