import { plus } from 'plus';

export const add = (a, b) => plus(a, b);
