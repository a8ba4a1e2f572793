import { examples } from './examples.js';

export const help = () => examples.map(([a, b, sum]) => `${a} + ${b} = ${sum}`).join('\n');
