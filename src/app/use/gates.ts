export { gatesOf, resolvePolicy } from '../../engine/commands/resolve-policy.ts';
