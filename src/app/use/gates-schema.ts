export { SCHEMA_FILE, gatesJsonSchema } from '../../world/gates/config/json-schema.ts';
