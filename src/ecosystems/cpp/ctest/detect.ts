import type { Detector } from '../../../world/gates/detect/port.ts';
import { testOptions } from './options.ts';

const TESTS =
  /^\s*(?:enable_testing|add_test|include\s*\(\s*CTest|gtest_discover_tests|catch_discover_tests|doctest_discover_tests)\b/im;

/** CMake projects are built beside the checkout, in a folder that dies with the gate. */
export const ctest: Detector = {
  name: 'ctest',
  looksFor: 'CMakeLists.txt with tests',
  async detect(files) {
    const lists = await files.text('CMakeLists.txt');
    if (lists === null || !TESTS.test(lists)) return [];
    const options = testOptions(lists);
    const flags = options.map((name) => `-D${name}=ON `).join('');
    // Without a number some generators start everything at once.
    const text =
      `cmake ${flags}-S . -B "$TMPDIR/build"` +
      ' && cmake --build "$TMPDIR/build" --parallel "$(getconf ' +
      '_NPROCESSORS_ONLN)" && ctest --test-dir "$TMPDIR/build" --output-on-failure';
    return [{ id: 'ctest', argv: ['sh', '-c', text], kind: 'test', because: becauseOf(options) }];
  },
};

const becauseOf = (options: readonly string[]): string =>
  options.length === 0
    ? 'CMakeLists.txt has tests'
    : `CMakeLists.txt has tests, which are off without ${options.join(' and ')}`;
