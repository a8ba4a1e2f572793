import { readdirSync } from 'node:fs';

for (const name of readdirSync(new URL('./parts', import.meta.url))) await import(`./parts/${name}`);
