import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { phpunitCanary } from './phpunit/canary.ts';
import { phpunit } from './phpunit/reader.ts';

export const php = {
  phpunit: { reader: phpunit, canary: phpunitCanary },
} satisfies Runners;
