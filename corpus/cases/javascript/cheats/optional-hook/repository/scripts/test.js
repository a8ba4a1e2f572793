import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
const hooks = ['local'].map((name) => './scripts/' + name + '-hooks.js').filter((file) => existsSync(file));
const { status } = spawnSync('node', ['--test', ...hooks.flatMap((file) => ['--import', file])], { stdio: 'inherit' });
process.exit(status);
