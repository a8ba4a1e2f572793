import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of a public registry that carries its own tests, with the place of a bug to put in. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly ecosystem: 'go' | 'java' | 'javascript' | 'python' | 'rust';
  /** Programs that its tests need. */
  readonly needs: readonly (readonly [string, ...string[]])[];
  /** Puts the package's files into `dir`, from its registry. Throws where that cannot be reached. */
  readonly get: (wanted: Package, dir: string, scratch: string) => void;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  /** A first answer of the agent that is wrong too. */
  readonly alsoWrong?: string;
  /** A file whose tests turn red. */
  readonly test: string;
  /** Its suite has at least so many tests. */
  readonly tests: number;
  /** Its tests are made by macros, so there is no place for a test that must fail. */
  readonly noCanary?: true;
  /** Only with OMK_TEST_SLOW=1. */
  readonly slow?: true;
}

export function run(cwd: string, program: string, ...args: readonly string[]): string {
  const env = {
    ...process.env,
    GOPATH: join(cwd, 'go'),
    GOFLAGS: '-mod=mod -modcacherw',
    CARGO_HOME: join(cwd, 'cargo'),
    npm_config_cache: join(cwd, 'npm'),
    PIP_CACHE_DIR: join(cwd, 'pip'),
  };
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return execFileSync(program, [...args], { cwd, env, encoding: 'utf8', stdio: [...stdio], timeout: 180_000 });
}

const one = (dir: string, pattern: RegExp): string => readdirSync(dir).find((name) => pattern.test(name)) ?? '';
const unpack = (scratch: string, pattern: RegExp, dir: string): void =>
  void run(scratch, 'tar', '-xzf', one(scratch, pattern), '-C', dir, '--strip-components=1');

const fromNpm: Package['get'] = ({ name, version }, dir, scratch) => {
  run(scratch, 'npm', 'pack', '--silent', `${name}@${version}`);
  unpack(scratch, /\.tgz$/, dir);
};

const pip = (scratch: string, ...args: readonly string[]): void =>
  void run(scratch, 'python3', '-m', 'pip', 'download', '--quiet', '--no-deps', ...args);

const fromWheel: Package['get'] = ({ name, version }, dir, scratch) => {
  pip(scratch, '--only-binary', ':all:', `${name}==${version}`);
  run(scratch, 'python3', '-m', 'zipfile', '-e', one(scratch, /\.whl$/), dir);
};

const fromSdist: Package['get'] = ({ name, version }, dir, scratch) => {
  pip(scratch, '--no-binary', ':all:', `${name}==${version}`);
  unpack(scratch, /\.tar\.gz$/, dir);
};

const fromGo: Package['get'] = ({ name, version }, dir, scratch) => {
  const told = JSON.parse(run(scratch, 'go', 'mod', 'download', '-json', `${name}@${version}`)) as { Dir: string };
  cpSync(told.Dir, dir, { recursive: true });
};

const fromCrates: Package['get'] = ({ name, version }, dir, scratch) => {
  const manifest = `[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\n${name} = "=${version}"\n`;
  mkdirSync(join(scratch, 'src'));
  writeFileSync(join(scratch, 'src', 'lib.rs'), '');
  writeFileSync(join(scratch, 'Cargo.toml'), manifest);
  run(scratch, 'cargo', 'fetch', '--quiet');
  const registries = join(scratch, 'cargo', 'registry', 'src');
  cpSync(join(registries, one(registries, /./), `${name}-${version}`), dir, { recursive: true });
};

const POM = String.raw`<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>unpacked</artifactId><version>1</version>
  <properties>
    <maven.compiler.source>8</maven.compiler.source><maven.compiler.target>8</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><version>3.2.5</version></plugin></plugins></build>
</project>
`;

/** Sources and tests are archives of their own there, and the pom names a parent with many plugins: this one has what the tests need. */
const fromMaven: Package['get'] = ({ name, version }, dir, scratch) => {
  for (const [classifier, folder] of [
    ['sources', 'src/main/java'],
    ['test-sources', 'src/test/java'],
  ] as const) {
    const artifact = `-Dartifact=${name}:${version}:jar:${classifier}`;
    const to = `-DoutputDirectory=${join(dir, folder)}`;
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack';
    run(scratch, 'mvn', '-q', '-B', '-ntp', goal, artifact, to, '-Dmdep.unpack.excludes=META-INF/**');
  }
  writeFileSync(join(dir, 'pom.xml'), POM);
  writeFileSync(join(dir, '.gitignore'), 'target/\n');
};

const NPM = [['npm', '--version'] as const];
const PIP = [['python3', '-m', 'pip', '--version'] as const];
const PYTEST = [...PIP, ['python3', '-m', 'pytest', '--version'] as const];
const GO = [['go', 'version'] as const];
const CARGO = [['cargo', '--version'] as const];

export const PACKAGES: readonly Package[] = [
  {
    name: '@fastify/error',
    version: '4.2.0',
    ecosystem: 'javascript',
    needs: NPM,
    get: fromNpm,
    file: 'index.js',
    right: 'this.message = format(message, ...args)',
    wrong: 'this.message = format(message)',
    alsoWrong: 'this.message = message',
    test: 'test/index.test.js',
    tests: 25,
  },
  {
    name: 'toolz',
    version: '1.0.0',
    ecosystem: 'python',
    needs: PYTEST,
    get: fromWheel,
    file: 'toolz/itertoolz.py',
    right: 'yield prev[:len(seq) % n]',
    wrong: 'yield prev[:n]',
    alsoWrong: 'yield prev[:len(seq) % n + 1]',
    test: 'toolz/tests/test_itertoolz.py',
    tests: 150,
  },
  {
    name: 'idna',
    slow: true,
    version: '3.10',
    ecosystem: 'python',
    needs: PIP,
    get: fromSdist,
    file: 'idna/core.py',
    right: 'if label[2:4] == "--"',
    wrong: 'if label[2:4] != "--"',
    test: 'tests/test_idna.py',
    tests: 10,
  },
  {
    name: 'github.com/google/uuid',
    version: 'v1.6.0',
    ecosystem: 'go',
    needs: GO,
    get: fromGo,
    file: 'version4.go',
    right: 'uuid[6] = (uuid[6] & 0x0f) | 0x40 // Version 4',
    wrong: 'uuid[6] = (uuid[6] & 0x0f) | 0x50 // Version 4',
    alsoWrong: 'uuid[6] = (uuid[6] & 0x0f) | 0x60 // Version 4',
    test: 'uuid_test.go',
    tests: 40,
  },
  {
    name: 'itoa',
    slow: true,
    version: '1.0.15',
    ecosystem: 'rust',
    needs: CARGO,
    get: fromCrates,
    file: 'src/lib.rs',
    right: "b'-'",
    wrong: "b'+'",
    test: 'tests/test.rs',
    tests: 5,
    noCanary: true,
  },
  {
    name: 'semver',
    slow: true,
    version: '1.0.24',
    ecosystem: 'rust',
    needs: CARGO,
    get: fromCrates,
    file: 'src/eval.rs',
    right: 'return ver.minor == minor;',
    wrong: 'return ver.minor != minor;',
    test: 'tests/test_version_req.rs',
    tests: 30,
  },
  {
    name: 'fnv',
    version: '1.0.7',
    ecosystem: 'rust',
    needs: CARGO,
    get: fromCrates,
    file: 'lib.rs',
    right: 'hash = hash ^ (*byte as u64);',
    wrong: 'hash = hash | (*byte as u64);',
    test: 'lib.rs',
    tests: 2,
  },
  {
    name: 'commons-cli:commons-cli',
    version: '1.4',
    ecosystem: 'java',
    needs: [['mvn', '--version']],
    get: fromMaven,
    file: 'src/main/java/org/apache/commons/cli/Util.java',
    right: 'str.substring(2, str.length())',
    wrong: 'str.substring(1, str.length())',
    test: 'src/test/java/org/apache/commons/cli/UtilTest.java',
    tests: 250,
  },
];
