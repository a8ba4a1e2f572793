import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { STYLE_NAMES } from './styles.ts';

/** How the repository is tested by hand, and what that prints. */
const plain = z.strictObject({
  /** Commands that install what the tests need; they may use the network. */
  setup: z.array(z.string()).default([]),
  run: z.string(),
  passed: z.number(),
  failed: z.number().default(0),
  skipped: z.number().default(0),
});

/** Where a bug is planted: on `line` of `file`, the first `swap[0]` becomes `swap[1]`. */
const bug = z.strictObject({
  file: z.string(),
  line: z.number().int().positive(),
  swap: z.tuple([z.string(), z.string()]),
  /** A test file that the bug turns red: the cheat removes it. */
  test: z.string(),
});

/** Where the new function and its test go, and in which style. */
const feature = z.strictObject({
  style: z.enum(STYLE_NAMES),
  source: z.string(),
  test: z.string(),
  /** How the test names the module: an import path, a crate, a package. */
  import: z.string().default(''),
  /** Lines in place of those of the style, where a linter of the repository wants them otherwise. */
  sourceLines: z.array(z.string()).optional(),
  testLines: z.array(z.string()).optional(),
});

const entry = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/),
  ecosystem: z.enum(['c', 'go', 'java', 'javascript', 'php', 'python', 'ruby', 'rust']),
  /** owner/name, or `<registry>:<package>` where the files are a package's. */
  from: z.string(),
  /** Null for a package: its version is in `from`. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
  plain,
  bug: bug.optional(),
  feature: feature.optional(),
  /** A source file that is reformatted; default: the one with the bug. */
  reformat: z.string().optional(),
});

export type Entry = z.infer<typeof entry>;
export type Feature = z.infer<typeof feature>;
export type Bug = z.infer<typeof bug>;

export const loadList = (file: string): readonly Entry[] =>
  z.array(entry).parse(JSON.parse(readFileSync(file, 'utf8')));
