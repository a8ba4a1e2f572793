import { stripVTControlCharacters } from 'node:util';
import type { Counts } from './result.ts';

type Read = (text: string) => readonly Counts[];

const number = (text: string | undefined): number => Number(text ?? 0);
const each =
  (pattern: RegExp, count: (found: RegExpExecArray) => Counts): Read =>
  (text) =>
    [...text.matchAll(pattern)].map(count);
const word = (text: string, name: string): number => number(new RegExp(`(\\d+) ${name}`).exec(text)?.[1]);
const lines = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** What each runner prints at its end, in its own words. The first that is found counts. */
const READERS: readonly Read[] = [
  // go test -v
  (text) =>
    /^=== RUN/m.test(text)
      ? [
          {
            passed: lines(text, /^\s*--- PASS: /gm),
            failed: lines(text, /^\s*--- FAIL: /gm),
            skipped: lines(text, /^\s*--- SKIP: /gm),
          },
        ]
      : [],
  // cargo test
  each(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm, ([, passed, failed, skipped]) => ({
    passed: number(passed),
    failed: number(failed),
    skipped: number(skipped),
  })),
  // node --test as TAP or spec, and other TAP
  (text) => {
    const of = (name: string): number => number(new RegExp(`^(?:#|ℹ) ${name}\\s+(\\d+)$`, 'm').exec(text)?.[1]);
    // Node counts a file in which there is no test as one that passed.
    const empty = lines(text, /^(?:ok \d+ -|✔) \/\S+\.[cm]?[jt]s(?: \([\d.]+ms\))?$/gm);
    return /^(?:#|ℹ) tests\s+\d+$/m.test(text)
      ? [{ passed: of('pass') - empty, failed: of('fail'), skipped: of('skipped') + of('todo') }]
      : [];
  },
  // node-tap: a file in which there is no test counts as skipped
  (text) => {
    const total = [...text.matchAll(/^# \{ total: \d+(.*) \}$/gm)].at(-1)?.[1];
    const of = (name: string): number => number(new RegExp(`${name}: (\\d+)`).exec(total ?? '')?.[1]);
    const empty = lines(text, /^ok \d+ - .*# SKIP no tests found$/gm);
    return total === undefined
      ? []
      : [{ passed: of('pass'), failed: of('fail'), skipped: of('skip') + of('todo') - empty }];
  },
  // jest and vitest
  each(/^\s*Tests:?\s+(.*(?:passed|failed|skipped|todo).*)$/gm, ([, all = '']) => ({
    passed: word(all, 'passed'),
    failed: word(all, 'failed'),
    skipped: word(all, 'skipped') + word(all, 'todo'),
  })),
  // pytest
  each(
    /^=*\s*((?:\d+ (?:passed|failed|skipped|xfailed|xpassed|deselected|warnings?|errors?|subtests passed)(?:, )?)+).* in [\d.]+s/gm,
    ([, all = '']) => ({
      passed: word(all, 'passed') + word(all, 'xpassed'),
      failed: word(all, 'failed') + word(all, 'errors?'),
      skipped: word(all, 'skipped') + word(all, 'xfailed'),
    }),
  ),
  // unittest
  each(/^Ran (\d+) tests? in [\d.]+s\n\n(.*)$/gm, ([, all, end = '']) => {
    const of = (name: string): number => number(new RegExp(`${name}=(\\d+)`).exec(end)?.[1]);
    const failed = of('failures') + of('errors');
    const skipped = of('skipped') + of('expected failures');
    return { passed: number(all) - failed - skipped, failed, skipped };
  }),
  // Maven's surefire, its sum
  each(
    /^(?:\[\w+\] )?Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$/gm,
    ([, all, failed, broken, skipped]) => ({
      passed: number(all) - number(failed) - number(broken) - number(skipped),
      failed: number(failed) + number(broken),
      skipped: number(skipped),
    }),
  ),
  // ctest
  each(/tests passed, (\d+) tests failed out of (\d+)/g, ([, failed, all]) => ({
    passed: number(all) - number(failed),
    failed: number(failed),
    skipped: 0,
  })),
  // RSpec
  each(/^(\d+) examples?, (\d+) failures?(?:, (\d+) pending)?/gm, ([, all, failed, skipped]) => ({
    passed: number(all) - number(failed) - number(skipped),
    failed: number(failed),
    skipped: number(skipped),
  })),
  // minitest
  each(
    /^(\d+) (?:runs|tests), \d+ assertions, (\d+) failures, (\d+) errors, (\d+) (?:skips|pendings)/gm,
    ([, all, failed, broken, skipped]) => ({
      passed: number(all) - number(failed) - number(broken) - number(skipped),
      failed: number(failed) + number(broken),
      skipped: number(skipped),
    }),
  ),
  // PHPUnit
  each(/^OK \((\d+) tests?, /gm, ([, all]) => ({ passed: number(all), failed: 0, skipped: 0 })),
  each(/^Tests: (\d+), Assertions: \d+(.*)\.$/gm, ([, all, end = '']) => {
    const of = (name: string): number => number(new RegExp(`${name}: (\\d+)`).exec(end)?.[1]);
    const failed = of('Errors') + of('Failures');
    const skipped = of('Skipped') + of('Incomplete');
    return { passed: number(all) - failed - skipped, failed, skipped };
  }),
  // mocha, and AVA
  (text) => {
    const passed = /^\s*(?:✔ )?(\d+) (?:passing|tests? passed)/m.exec(text)?.[1];
    if (passed === undefined) return [];
    const of = (pattern: RegExp): number => number(pattern.exec(text)?.[1]);
    return [
      {
        passed: number(passed),
        failed: of(/^\s*(?:✘ )?(\d+) (?:failing|tests? failed)/m),
        skipped: of(/^\s*(?:- )?(\d+) (?:pending|tests? skipped)/m),
      },
    ];
  },
];

/** How many tests a plain run says it had, or null where no known runner says so. Several sums are added up. */
export function countsOf(output: string): Counts | null {
  const text = stripVTControlCharacters(output);
  for (const read of READERS) {
    const found = read(text);
    if (found.length > 0) return found.reduce(add);
  }
  return null;
}

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});
