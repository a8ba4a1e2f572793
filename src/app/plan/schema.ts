export { planJsonSchema } from '../../engine/plan/schema.ts';
