import * as z from 'zod/mini';
import { gatesFile } from './schema.ts';

/** Where `omk init` puts the schema, as the gates file names it. */
export const SCHEMA_FILE = '.omk/gates.schema.json';

/** The schema of the gates file for editors, as JSON Schema draft 7, which TOML tools know. */
export const gatesJsonSchema = (): object => ({
  title: 'Gates of omk',
  ...z.toJSONSchema(gatesFile, { target: 'draft-7', io: 'input' }),
});
