export { type AskedChange, type AskedWork, keptChange, noTask, requireChange } from '../../engine/commands/kept.ts';
