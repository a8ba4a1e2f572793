import { sum } from '../src/sum.js';

const n = Number(process.argv[2]);
await new Promise((done) => setTimeout(done, sum(n)));
console.log(`did ${n}`);
