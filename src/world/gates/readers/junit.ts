import type { collector, Outcome } from './outcomes.ts';
import { parseXml, type Element } from './xml.ts';

/** One test element of a JUnit report; what its runner does not write is empty. Without a name it stands for its class. */
interface JunitCase {
  readonly name: string;
  readonly classname: string;
  readonly file: string;
  readonly outcome: Outcome;
}

export type Junit =
  | { readonly kind: 'cases'; readonly cases: readonly JunitCase[] }
  | { readonly kind: 'invalid'; readonly detail: string };

/** The test elements of one JUnit document, in its order. The counts that suites claim are not read. */
export function readJunit(text: string): Junit {
  const root = parseXml(text);
  if (typeof root === 'string') return { kind: 'invalid', detail: `the report cannot be read: ${root}` };
  if (root.name !== 'testsuites' && root.name !== 'testsuite')
    return { kind: 'invalid', detail: `the report is no JUnit report: it begins with "${root.name}"` };
  const cases: JunitCase[] = [];
  collect(root, cases);
  return { kind: 'cases', cases };
}

function collect(suite: Element, cases: JunitCase[]): void {
  for (const child of suite.children) {
    if (child.name === 'testsuite') collect(child, cases);
    if (child.name !== 'testcase') continue;
    const { name = '', classname = '', class: named = '', file = '' } = child.attributes;
    cases.push({ name, classname: classname || named, file, outcome: outcomeOf(child) });
  }
}

/** What JUnit calls a class whose tests could not begin: the class, and no test. */
const WHOLE_CLASS = new Set(['', 'initializationError', 'classMethod', 'executionError']);

/** Adds a test of a JUnit class, `where` standing before its name. A class that failed as a whole is broken. */
export function addJunit(
  tests: ReturnType<typeof collector>,
  where: string,
  classname: string,
  name: string,
  outcome: Outcome,
): void {
  if (!WHOLE_CLASS.has(name) && name !== classname) tests.add(`${where}${classname} > ${name}`, outcome);
  else if (outcome === 'failed') tests.broken(`${where}${classname}`);
}

/** Runners that have no word for "not run" in an element give it as the status. */
const NOT_RUN = new Set(['notrun', 'disabled', 'skipped', 'ignored']);
const RED = new Set(['fail', 'failed', 'error', 'timeout']);

function outcomeOf({ attributes, children }: Element): Outcome {
  const has = (...names: readonly string[]): boolean => children.some(({ name }) => names.includes(name));
  const status = (attributes['status'] ?? '').toLowerCase();
  if (has('failure', 'error') || RED.has(status)) return 'failed';
  return has('skipped', 'disabled') || NOT_RUN.has(status) ? 'skipped' : 'passed';
}
