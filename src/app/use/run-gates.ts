export { type GateResult, runGates } from '../../engine/commands/run-gates.ts';
