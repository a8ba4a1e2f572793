export { type AskedChange, type AskedWork, keptChange, requireChange } from '../../engine/commands/kept.ts';
export { noTask } from '../../engine/commands/kept.ts';
