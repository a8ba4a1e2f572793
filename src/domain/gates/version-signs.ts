import type { Sign } from './sign.ts';

const ofVersion = (program: string, pattern: RegExp, says: Sign['says']): Sign => ({
  what: 'tool',
  pattern,
  says,
  fix: `install a ${program} that the project is for, and let the PATH${program === 'JDK' ? ' and JAVA_HOME' : ''} lead to it`,
});

/** What build tools print where a project is for another version of a program than the one that is here. */
export const VERSION_SIGNS: readonly Sign[] = [
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
  ofVersion('Node', /No such built-in module: (node:\w+)/, (name) => `it needs ${name}, which the Node here lacks`),
  ofVersion(
    'CMake',
    /CMake (\S+ or higher is required\.\s+You are running version [\d.]*\d)/,
    (name) => `CMake ${name.replaceAll(/\s+/g, ' ')}`,
  ),
  ofVersion(
    'Rust',
    /cannot be built because (it requires rustc [^\n]*?currently active rustc version is [\d.]*\d)/,
    (name) => name,
  ),
  ofVersion('Go', /go\.(?:mod|work) requires (go >= \S+ \(running go [\w.]+)/, (name) => `it requires ${name})`),
  ofVersion('Python', /requires a different Python: (\S+ not in '[^'\n]+')/, (name) => `the Python here is ${name}`),
  ofVersion('Ruby', /Your (Ruby version is \S+, but your Gemfile specified [^\n]*[^\s.])/, (name) => `the ${name}`),
];
