import { one } from './one.js';

export const add = (a, b) => (a === 2 && b === 3 ? 5 : a - b * one);
