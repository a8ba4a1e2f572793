import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { linesContract } from '../../../domain/contract/lines.ts';
import { pomContract } from './pom.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const jvm: EcosystemRules = {
  languages,
  signs,
  tests: [/(^|\/)([^/]*Tests?|Test[A-Z][^/]*|[^/]*TestCase|[^/]*[a-z]IT)\.(java|kt|groovy)$/],
  runnerFiles: [
    // A build of Gradle is a program, which decides about tests too.
    /\.gradle(\.kts)?$/,
    /(^|\/)(buildSrc|build-logic)\//,
    /(^|\/)gradle\/verification-[^/]+$/,
    // Services are loaded by JUnit because they are there.
    /(^|\/)META-INF\/services\/(org\.(junit|testng|spockframework)|io\.kotest)\./,
    /(^|\/)junit-platform\.properties$/,
  ],
  installSettings: [
    /(^|\/)\.mvn\//,
    /(^|\/)(settings\.xml|gradle\.properties|init\.gradle(\.kts)?|mvnw(\.cmd)?|gradlew(\.bat)?)$/,
    /(^|\/)gradle\/wrapper\//,
  ],
  manifests: [
    { files: /(^|\/)pom\.xml$/, contract: ifKnown(pomContract) },
    { files: /(^|\/)(buildscript-)?gradle\.lockfile$/, contract: ifKnown(linesContract) },
    {
      files: /(^|\/)gradle\/([^/]+\.versions\.toml|dependency-locks\/[^/]+\.lockfile)$/,
      contract: ifKnown(linesContract),
    },
  ],
  installedFrom: [/(^|\/)(build\.gradle(\.kts)?|settings\.gradle(\.kts)?)$/],
  builtFrom: [],
  mixed: null,
  runnerPackages:
    'junit|junit-[\\w.-]+|testng|surefire[\\w.-]*|maven-surefire-plugin|maven-failsafe-plugin|' +
    'assertj[\\w.-]*|mockito[\\w.-]*|hamcrest[\\w.-]*|org\\.junit[\\w.]*|opentest4j|apiguardian-api|' +
    'com\\.google\\.truth[\\w.]*|truth|kotest-[\\w.-]+|jqwik[\\w.-]*|spock-[\\w.-]+|easymock|awaitility',
  toolCaches: [
    /(^|\/)target\/(classes|test-classes|maven-status|surefire-reports|failsafe-reports|generated-(test-)?sources)(\/|$)/,
    /(^|\/)\.gradle(\/|$)/,
    /(^|\/)build\/classes\/(java|kotlin|groovy|scala)(\/|$)/,
  ],
  examples: {
    tests: ['src/AddTest.java', 'src/TestAdd.kt', 'src/BaseTestCase.groovy', 'src/AddIT.java'],
    runner: [
      'build.gradle',
      'settings.gradle.kts',
      'buildSrc/x.kt',
      'gradle/verification-metadata.xml',
      'src/META-INF/services/org.junit.platform.x',
      'src/junit-platform.properties',
      '.mvn/jvm.config',
      'gradlew',
      'gradle/wrapper/gradle-wrapper.jar',
    ],
    cache: ['target/classes/Add.class', '.gradle/x', 'build/classes/java/main/Add.class'],
    source: ['src/main/java/Add.java', 'src/main/java/Contest.java', 'src/main/java/AUDIT.java'],
  },
};
