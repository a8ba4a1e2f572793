import { identifier, numbers, sentence } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

const LISTS = /(?:^|\/)CMakeLists\.txt$/;
const SOURCE = /\.(?:c|cc|cpp|cxx|c\+\+|m|mm)$/;
const LIKE_A_TEST = /(?:^|\/)(?:tests?|unit-?tests?|spec)\/|(?:^|\/)[^/]*test[^/]*$/i;
const DECLARES_TESTS =
  /^\s*(?:add_test|gtest_discover_tests|gtest_add_tests|catch_discover_tests|doctest_discover_tests)\s*\(/im;
const CASE = /^\s*(?:(?:TYPED_)?TEST\w*|SCENARIO)\s*\(/m;
const MAIN = /^\s*int\s+main\s*\(\s*([^()]*?)\s*\)/m;

/**
 * CTest knows programs, and takes one that ends with 0 for passed, whoever ended it. So every test program that can be made
 * to is added to the tests twice more, under random names and in an environment in which it must fail once its own tests are over:
 * by a false assertion, and by what it returns, as a subject may undo one of them.
 */
export const ctestCanary: CanaryMaker = {
  style: sentence,
  tests: 2,
  declares: LISTS,
  candidates: (paths) =>
    ordered(paths.filter((path) => LISTS.test(path) || (SOURCE.test(path) && LIKE_A_TEST.test(path)))),
  filters: new RegExp(
    String.raw`^(?:-[REIL]|-LE|--(?:tests-regex|exclude-regex|tests-information|label-regex|` +
      String.raw`label-exclude|rerun-failed|stop-on-failure|preset)(?:=|$))`,
  ),
  plant(path, content, [name, other]) {
    const [a, b] = numbers(name);
    const id = `own_${identifier(name)}`;
    if (LISTS.test(path)) return DECLARES_TESTS.test(content) ? `${content}\n${addsTests(id, [name, other])}` : null;
    const framework =
      MAIN.test(content) && !CASE.test(content) ? undefined : FRAMEWORKS.find(({ uses }) => uses.test(content));
    return framework === undefined ? afterMain(content, id, a, b) : `${content}\n${framework.test(id, a, b)}`;
  },
};

/**
 * CMake itself looks which of its programs are made of a file with a canary. A project for a CMake of before 3.19 takes no space in
 * the name of a test: it would be the program's own once more.
 */
const addsTests = (id: string, names: readonly [string, string]): string => `if(POLICY CMP0110)
  cmake_policy(SET CMP0110 NEW)
endif()
get_property(${id}_targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
set(${id}_any FALSE)
foreach(${id}_target IN LISTS ${id}_targets)
  get_target_property(${id}_type "\${${id}_target}" TYPE)
  if(${id}_type STREQUAL "EXECUTABLE")
    get_target_property(${id}_sources "\${${id}_target}" SOURCES)
    foreach(${id}_source IN LISTS ${id}_sources)
      get_filename_component(${id}_file "\${${id}_source}" ABSOLUTE BASE_DIR "\${CMAKE_CURRENT_SOURCE_DIR}")
      set(${id}_hit "")
      if(EXISTS "\${${id}_file}")
        file(STRINGS "\${${id}_file}" ${id}_hit LIMIT_COUNT 1 REGEX "${id}")
      endif()
      if(${id}_hit)
        set(${id}_any TRUE)
${names
  .map(
    (name, index) => `        add_test(NAME "\${${id}_target} ${name}" COMMAND "\${${id}_target}")
        set_tests_properties("\${${id}_target} ${name}" PROPERTIES ENVIRONMENT "${id}=${index + 1}")
`,
  )
  .join('')}        break()
      endif()
    endforeach()
  endif()
endforeach()
if(NOT ${id}_any)
${names
  .map(
    (name) => `  add_test(NAME "${name}" COMMAND "\${CMAKE_COMMAND}" -E false)
`,
  )
  .join('')}endif()
`;

/** Only the added tests fail: what a test says in this run is compared with what it said in others. */
const TOLD = '#include <cstdlib>\n';

/** Frameworks that bring the main function: one more test of theirs. */
const FRAMEWORKS: readonly { readonly uses: RegExp; test(id: string, a: number, b: number): string }[] = [
  {
    uses: /^\s*#\s*include\s*[<"]g(?:test|mock)\//m,
    test: (id, a, b) =>
      `${TOLD}TEST(${id.replaceAll('_', '')}, own) { if (std::getenv("${id}")) EXPECT_EQ(${a}, ${b}); }\n`,
  },
  {
    uses: /^\s*#\s*include\s*[<"](?:catch2\/|catch\.hpp)/m,
    test: (id, a, b) => `${TOLD}TEST_CASE("${id}") { if (std::getenv("${id}")) REQUIRE(${a} == ${b}); }\n`,
  },
  {
    uses: /^\s*#\s*include\s*[<"](?:doctest\/)?doctest\.h/m,
    test: (id, a, b) => `${TOLD}TEST_CASE("${id}") { if (std::getenv("${id}")) REQUIRE(${a} == ${b}); }\n`,
  },
];

/** The program's main goes by another name, and the new one fails after it: by a false assertion where the file asserts. */
function afterMain(content: string, id: string, a: number, b: number): string | null {
  const found = MAIN.exec(content);
  const parameters = found?.[1] ?? '';
  const bare = parameters === '' || parameters === 'void';
  // A main without a return is a function with a hole under another name.
  if (
    found === null ||
    !(bare || /^int\s+\w+\s*,\s*(?:const\s+)?char\s*\*/.test(parameters)) ||
    !/\breturn\b/.test(content.slice(found.index))
  )
    return null;
  const names = bare
    ? ''
    : [...parameters.matchAll(/(\w+)\s*(?:\[\s*\])?\s*(?:,|$)/g)].map(([, each]) => each).join(', ');
  const asserts =
    /^\s*#\s*include\s*<(?:cassert|assert\.h)>/m.test(content) && !/define\s+(?:assert|NDEBUG)\b/.test(content);
  // Assertions that the build switches off are off before the first include; a header cannot do so unseen.
  const fails = asserts
    ? `#ifndef ${id}_off\n  volatile long value = ${a};\n  if (*getenv("${id}") == '1') { assert(value == ${b}); return 0; }\n#endif\n`
    : '';
  return `#ifdef NDEBUG\n#define ${id}_off\n#endif\n${content.slice(0, found.index)}
int ${id}(${parameters});
#define main ${id}
${content.slice(found.index)}
#undef main
#include <stdlib.h>
int main(${parameters}) {
  int code = ${id}(${names});
  if (!getenv("${id}")) return code;
${fails}  return 1;
}
`;
}
