import { one } from './one.js';

export const add = (a, b) => a + b * one;
