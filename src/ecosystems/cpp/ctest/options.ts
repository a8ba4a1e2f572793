const COMMAND = /\b(\w+)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g;
const OFF = /^(\w+)\s+"[^"]*"(?:\s+"?(?:OFF|FALSE|NO|N|0)"?)?$/i;
const STARTS_TESTS = /^(?:enable_testing|add_test|\w+_discover_tests)$/i;
const ALL_OF = /^\w+(?:\s+AND\s+\w+)*$/;

/**
 * The options without which CMakeLists.txt declares no test: off unless told otherwise, and conditions of every `if`
 * around its tests. None where some tests are declared anyway.
 */
export function testOptions(lists: string): readonly string[] {
  const off = new Set<string>();
  const conditions: string[] = [];
  const needed: (readonly string[])[] = [];
  for (const [, command = '', body = ''] of withoutComments(lists).matchAll(COMMAND)) {
    const name = command.toLowerCase();
    const args = body.trim();
    const option = name === 'option' ? OFF.exec(args)?.[1] : undefined;
    if (option !== undefined) off.add(option);
    else if (name === 'if') conditions.push(args);
    else if (name === 'elseif' || name === 'else') conditions.splice(-1, 1, '');
    else if (name === 'endif') conditions.pop();
    else if (STARTS_TESTS.test(name) || (name === 'include' && args === 'CTest')) {
      const asked = conditions.flatMap((each) => (ALL_OF.test(each) ? each.split(/\s+AND\s+/) : []));
      const options = asked.filter((each) => off.has(each));
      if (options.length === 0) return [];
      needed.push(options);
    }
  }
  // Fuzzers and benchmarks may be tests of their own, which need more than a compiler.
  const named = needed.filter((options) => options.some((each) => /TEST/i.test(each)));
  return [...new Set((named.length > 0 ? named : needed).flat())];
}

const withoutComments = (text: string): string =>
  text.replace(/#\[\[[\s\S]*?\]\]/g, '').replace(/(^|[^"\\])#[^\n]*/g, '$1');
