export { type GateResult, runGates } from '../../engine/commands/run-gates.ts';
export { LOOKS_FOR, whenApart } from '../../world/gates/detect/words.ts';
