import { readdirSync } from 'node:fs';

const folder = new URL('hooks/', import.meta.url);
for (const name of readdirSync(folder)) await import(new URL(name, folder));
