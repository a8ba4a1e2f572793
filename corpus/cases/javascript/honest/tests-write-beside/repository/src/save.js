import { mkdirSync, writeFileSync } from 'node:fs';
export const save = (dir, text) => { writeFileSync(dir + '/out.txt', text); };
