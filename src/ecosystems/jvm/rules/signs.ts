import { ofVersion, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion(
    'Maven',
    /Detected Maven Version: (\S+ is not in the allowed range \S+?)\.?\s*$/m,
    (name) => `the version of Maven here, ${name}`,
  ),
  ofVersion(
    'JDK',
    /Detected JDK [Vv]ersion:? (\S+(?: \(JAVA_HOME=[^)\n]*\))? is not in the allowed range \S+?)\.?\s*$/m,
    (name) => `the version of the JDK here, ${name}`,
  ),
  ofVersion(
    'JDK',
    /(?:error: release version|invalid (?:target|source) release:) (\d[\w.]*)/,
    (name) => `it is for Java ${name}, which the JDK here does not know`,
  ),
  ofVersion(
    'JDK',
    /(?:Cannot find a Java installation|No matching toolchains found)[^\n]*languageVersion=(\d+)/,
    (name) => `it is for Java ${name}, which is not here`,
  ),
  ofVersion(
    'JDK',
    /compiled by a more recent version of the Java Runtime|Unsupported class file major version/,
    () => 'it uses classes of another Java than the one here',
  ),
];
