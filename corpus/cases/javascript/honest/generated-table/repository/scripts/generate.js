import { readFileSync, writeFileSync } from 'node:fs';

const rates = JSON.parse(readFileSync('data/rates.json', 'utf8'));
writeFileSync('src/rates.js', `// Made by scripts/generate.js\nexport const rates = ${JSON.stringify(rates)};\n`);
