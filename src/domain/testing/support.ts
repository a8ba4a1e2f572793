import { supportsTests } from '../contract/support.ts';

export const TEST = 'test/add.test.js';
/** Whether a file is taken for a helper of tests, where these files name it. */
export const named = (path: string, text: string, naming: Readonly<Record<string, string>>): boolean =>
  supportsTests(
    { path, text },
    Object.entries(naming).map(([each, content]) => ({ path: each, text: content })),
  );
