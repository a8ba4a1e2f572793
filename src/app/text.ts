export { commandLine } from '../store/projections/text.ts';
