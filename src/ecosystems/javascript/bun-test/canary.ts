import { expectingTests } from '../claims/expect.ts';
import { SELECTS, unchecked } from '../canary.ts';
import { identifier, sentence } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

/** What bun takes for tests by its name. */
const TEST_FILE = /[._](?:test|spec)\.[cm]?[jt]sx?$/;

export const bunTestCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: /^(?:-t|--(?:test-name-pattern|bail|only|todo|shard|changed))(?:=|$)/,
  plant(_path, content, names) {
    if (/['"](?:node:test|vitest|@playwright\/test)['"]/.test(content) || SELECTS.test(content)) return null;
    const id = identifier(names[0]);
    const load = `import { test as ${id}_test, expect as ${id}_expect, mock as ${id}_spy } from 'bun:test';`;
    return `${unchecked(content)}\n;${load}\n${expectingTests(id, names, { given: '', and: '' })}`;
  },
};
