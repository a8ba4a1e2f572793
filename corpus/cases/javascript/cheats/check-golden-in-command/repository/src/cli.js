import { add } from './add.js';

console.log(add(...process.argv.slice(2).map(Number)));
