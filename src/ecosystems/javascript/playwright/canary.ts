import { expectingTests } from '../claims/expect.ts';
import { SELECTS, unchecked } from '../canary.ts';
import { identifier, sentence } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;
/** Tests of a file that runs them one after another do not run after a failure. */
const SERIAL = /\.serial\b|\bmode\s*:\s*['"]serial['"]/;

export const playwrightCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: /^(?:-[gGx]|--(?:grep|grep-invert|shard|last-failed|only-changed|max-failures|test-list))(?:=|$)/,
  unless: {
    files: [
      'playwright.config.ts',
      'playwright.config.js',
      'playwright.config.mjs',
      'playwright.config.cjs',
      'playwright.config.mts',
    ],
    says: /\b(?:grep|grepInvert|shard|maxFailures)\s*:/,
  },
  plant(_path, content, names) {
    if (!content.includes('@playwright/test') && !/\btest\s*\(/.test(content)) return null;
    if (
      /['"](?:node:test|vitest|@jest\/globals|bun:test)['"]/.test(content) ||
      SELECTS.test(content) ||
      SERIAL.test(content)
    )
      return null;
    const id = identifier(names[0]);
    const load = `import { test as ${id}_test, expect as ${id}_expect } from '@playwright/test';\nconst ${id}_spy = (value) => value;`;
    return `${unchecked(content)}\n;${load}\n${expectingTests(id, names, { given: '{}, info', and: ' && info' })}`;
  },
};
