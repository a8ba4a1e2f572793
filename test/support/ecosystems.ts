import { caseOf, loadBase } from '../corpus/load.ts';
import { scenarioOf } from '../corpus/run.ts';
import type { Files } from './machine.ts';

const subject = 'src/add.js';
const files = loadBase('javascript/node-test').files;
const bug = 'a - b * one';
const fix = 'a + b * one';

/** Files that a change needs in the repository, and what the agent does. */
function playedIn(id: string): { readonly files: Files; readonly steps: readonly unknown[] } {
  const { ownFiles, scenario } = caseOf(id);
  return { files: ownFiles, steps: scenarioOf(scenario, {}).turns.flatMap(({ steps }) => steps) };
}

/** A small repository of the corpus with one red and one green test, and the pieces that tests of other things change in it. */
export const javascript = {
  files,
  subject,
  bug,
  fix,
  fixed: (files[subject] ?? '').replace(bug, fix),
  redTest: 'test/add.test.js',
  dependency: playedIn('javascript/honest/dependency'),
};
