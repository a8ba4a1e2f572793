/** Packages that run tests or make the assertions: another version of them may say anything. */
const JAVASCRIPT =
  'vitest|jest|mocha|chai|ava|tap|tape|uvu|qunit|qunitjs|jasmine|jasmine-core|karma|cypress|playwright|tsx|ts-node|c8|nyc|sinon|expect|' +
  '@vitest/[\\w.-]+|@jest/[\\w.-]+|@playwright/[\\w.-]+|jest-[\\w.-]+|ts-jest|babel-jest';
const PHP =
  'phpunit/[\\w-]+|sebastian/[\\w-]+|mockery/mockery|pestphp/[\\w-]+|phpspec/[\\w-]+|codeception/[\\w-]+|' +
  'brianium/paratest|symfony/phpunit-bridge|phpstan/[\\w-]+';
/** By the language of their files. */
const NAMES = {
  javascript: JAVASCRIPT,
  // pytest loads every plugin that is installed.
  python: 'pytest|pytest[-_][\\w.-]+|_pytest|pluggy|iniconfig|nose2?|unittest2|hypothesis|tox',
  jvm:
    'junit|junit-[\\w.-]+|testng|surefire[\\w.-]*|maven-surefire-plugin|maven-failsafe-plugin|' +
    'assertj[\\w.-]*|mockito[\\w.-]*|hamcrest[\\w.-]*|org\\.junit[\\w.]*|opentest4j|apiguardian-api|' +
    'com\\.google\\.truth[\\w.]*|truth|kotest-[\\w.-]+|jqwik[\\w.-]*|spock-[\\w.-]+|easymock|awaitility',
  go: 'github\\.com/stretchr/testify|gotest\\.tools(?:/v\\d+)?|github\\.com/onsi/(?:ginkgo|gomega)(?:/v\\d+)?',
  rust:
    'rstest|insta|proptest|quickcheck|mockall|assert_cmd|pretty_assertions|test-case|assert_approx_eq|' +
    'assert_matches|googletest|similar-asserts',
  ruby: 'rspec|rspec-[\\w-]+|minitest|minitest-[\\w-]+|test-unit|shoulda[\\w-]*',
  php: PHP,
  dotnet:
    'xunit[\\w.]*|NUnit[\\w.]*|nunit[\\w.]*|MSTest[\\w.]*|Microsoft\\.NET\\.Test\\.Sdk|' +
    'FluentAssertions[\\w.]*|Shouldly|Moq|NSubstitute|FakeItEasy|coverlet[\\w.]*',
} as const;

const IS_JAVASCRIPT = new RegExp(`^(?:${JAVASCRIPT})$`);
const IS_PHP = new RegExp(`^(?:${PHP})$`, 'i');
// A name ends where a version, a quote or a bracket begins. Before it stands nothing that would make it another name.
const named = (names: string): RegExp => new RegExp(`(?:^|[\\s"'/:[(,=>{])(?:${names})(?=$|[\\s"'@:=<>~!;,\\])}/[])`);
const NAMED = named(Object.values(NAMES).join('|'));
const NAMED_IN = new Map(Object.entries(NAMES).map(([language, names]) => [language, new RegExp(`^(?:${names})$`)]));

/** Whether a package of npm is one of them. */
export const isRunnerPackage = (name: string): boolean => IS_JAVASCRIPT.test(name);

/** Whether a package of Composer is one of them. */
export const isPhpRunner = (name: string): boolean => IS_PHP.test(name);

/** Whether a line of a manifest or lock file names one of them, in any language. */
export const namesRunner = (line: string): boolean => NAMED.test(line);

/** Whether a package of one language is one of them. */
export const isRunnerOf = (language: keyof typeof NAMES, name: string): boolean =>
  NAMED_IN.get(language)?.test(name) === true;
