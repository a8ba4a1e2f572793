import { sum } from './sum.js';

export const add = (a, b) => sum(a, b);
