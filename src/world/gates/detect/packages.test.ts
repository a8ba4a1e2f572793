import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeVault, type Files } from '../testing/fake-vault.ts';
import { detectGates } from './detect.ts';

/** Each gate as its command, its folder, and the packages it does not depend on. */
async function gatesOf(files: Files): Promise<Record<string, string>> {
  const gates = await detectGates(fakeVault({ t: files }), 't');
  return Object.fromEntries(
    gates.map(({ id, argv, cwd, inputs }) => [
      id,
      `${argv.join(' ')} in ${cwd}${inputs ? ` without ${inputs.map((each) => each.replace(/^!/, '')).join(' ')}` : ''}`,
    ]),
  );
}

const TESTED = '#[cfg(test)]\nmod tests {\n    #[test]\n    fn works() {}\n}\n';
const crate = (name: string, more = ''): string => `[package]\nname = "${name}"\nversion = "1.0.0"\n${more}`;

const WORKSPACE: Files = {
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\ntext = { path = "crates/text" }\n',
  'crates/text/Cargo.toml': crate('text'),
  'crates/text/src/lib.rs': '/// ```\n/// is_tested_beside_another();\n/// ```\npub fn x() {}\n',
  'crates/sums/Cargo.toml': crate('sums', '[dev-dependencies]\ntext.workspace = true\n'),
  'crates/sums/src/lib.rs': TESTED,
  'crates/words/Cargo.toml': crate('words', '[target."cfg(unix)".dependencies]\ntext = { path = "../text" }\n'),
  'crates/words/tests/it.rs': '#[tokio::test(flavor = "multi_thread")]\nasync fn works() {}\n',
  'crates/apart/Cargo.toml': crate('apart'),
  'crates/apart/src/lib.rs': TESTED,
};

test('cargo: a gate for each package with tests, beside it those without', async () => {
  assert.deepEqual(await gatesOf(WORKSPACE), {
    'cargo-test-crates-apart':
      'cargo test --workspace --exclude=sums --exclude=text --exclude=words in crates/apart without crates/sums crates/text crates/words',
    'cargo-test-crates-sums':
      'cargo test --package=sums --package=text in crates/sums without crates/apart crates/words',
    'cargo-test-crates-words': 'cargo test in crates/words without crates/apart crates/sums',
  });
});

test('cargo: a package that nothing uses is built with the one it shares most with', async () => {
  const files = {
    ...WORKSPACE,
    'crates/tool/Cargo.toml': crate('tool', '[dependencies]\nfast = { package = "words", path = "../words" }\n'),
    'crates/tool/src/main.rs': 'fn main() {}',
  };
  assert.equal(
    (await gatesOf(files))['cargo-test-crates-words'],
    'cargo test --package=words --package=tool in crates/words without crates/apart crates/sums',
  );
});

test('cargo: the crate of the root is a package too, and depends on everything', async () => {
  const files = {
    ...WORKSPACE,
    'Cargo.toml': `${WORKSPACE['Cargo.toml'] ?? ''}${crate('root')}`,
    'src/lib.rs': TESTED,
  };
  assert.equal(
    (await gatesOf(files))['cargo-test'],
    'cargo test --workspace --exclude=apart --exclude=sums --exclude=text --exclude=words in .',
  );
});

test('cargo: what is reached by its path is a member, and what is left out is none', async () => {
  const files = {
    ...WORKSPACE,
    'crates/words/Cargo.toml': crate('words', '[dependencies]\nmore = { path = "../../more" }\n'),
    'more/Cargo.toml': crate('more'),
    'more/src/lib.rs': TESTED,
  };
  assert.equal(
    (await gatesOf(files))['cargo-test-more'],
    'cargo test in more without crates/apart crates/sums crates/text crates/words',
  );
  const left = { ...WORKSPACE, 'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/apart"]\n' };
  assert.deepEqual(Object.keys(await gatesOf(left)), ['cargo-test-crates-sums', 'cargo-test-crates-words']);
});

test('cargo: a package whose tests a plain run may leave out is tested beside another', async () => {
  const apart = async (files: Files): Promise<boolean> =>
    'cargo-test-crates-apart' in (await gatesOf({ ...WORKSPACE, 'crates/apart/src/lib.rs': '', ...files }));
  assert.ok(await apart({ 'crates/apart/src/lib.rs': TESTED }));
  assert.ok(await apart({ 'crates/apart/tests/it/main.rs': '#[test] fn works() {}\n' }));
  const never: readonly Files[] = [
    { 'crates/apart/src/lib.rs': 'quote! {\n    #[test]\n    fn made() {}\n}\n' },
    { 'crates/apart/src/lib.rs': '#[cfg(test)]\nmod tests {\n    #[test]\n    #[ignore]\n    fn slow() {}\n}\n' },
    {
      'crates/apart/src/lib.rs': '#[cfg(test)]\nmod tests {\n    #[cfg(windows)]\n    #[test]\n    fn there() {}\n}\n',
    },
    { 'crates/apart/src/lib.rs': `#![cfg(windows)]\n${TESTED}` },
    { 'crates/apart/tests/it.rs': `#![cfg(feature = "x")]\n${TESTED}` },
    { 'crates/apart/benches/b.rs': TESTED },
    { 'crates/apart/tests/fixtures/small/src/lib.rs': TESTED },
    {
      'crates/apart/tests/it.rs': '#[test]\nfn works() {}\n',
      'crates/apart/Cargo.toml': crate('apart', 'autotests = false\n'),
    },
    { 'crates/apart/src/lib.rs': TESTED, 'crates/apart/Cargo.toml': crate('apart', '[lib]\ntest = false\n') },
    {
      'crates/apart/tests/it.rs': TESTED,
      'crates/apart/Cargo.toml': crate('apart', '[[test]]\nname = "it"\nrequired-features = ["x"]\n'),
    },
  ];
  for (const files of never) assert.ok(!(await apart(files)), JSON.stringify(files));
});

test('cargo: one gate where packages have other tests, or pass others, alone than together', async () => {
  const asks = (more: string): Files => ({ 'crates/words/Cargo.toml': crate('words', `[dependencies]\n${more}\n`) });
  const apart: readonly Files[] = [
    {
      ...asks('sums = { path = "../sums", features = ["fast"] }'),
      'crates/sums/Cargo.toml': crate('sums', '[features]\ndefault = ["std"]\nstd = ["fast"]\n'),
    },
    { 'crates/words/tests/it.rs': `${TESTED}// Command::cargo_bin("words")` },
    { 'crates/words/tests/it.rs': `${TESTED}// "apart"` },
    { '.cargo/config.toml': '' },
  ];
  for (const files of apart)
    assert.equal(Object.keys(await gatesOf({ ...WORKSPACE, ...files })).length, 3, JSON.stringify(files));
  const together: readonly Files[] = [
    asks('sums = { path = "../sums", features = ["fast"] }'),
    asks('quick = { package = "sums", path = "../sums", features = ["fast"] }'),
    asks('sums = { path = "../sums" }\n[features]\nall = ["sums?/fast"]'),
    { 'crates/words/tests/it.rs': `${TESTED}// Command::cargo_bin("apart")` },
    {
      'crates/words/tests/it.rs': `${TESTED}// current_exe().parent().join("tool")`,
      'crates/text/src/bin/tool.rs': '',
    },
    { 'crates/words/.cargo/config.toml': '' },
    { 'crates/rust-toolchain': '' },
    { 'Cargo.toml': '[workspace]\nmembers = ["crates/t*", "crates/[aw]*", "crates/sums"]\n' },
    {
      'Cargo.lock': ['text', 'sums', 'words', 'words', 'apart']
        .map(
          (name, at) =>
            `[[package]]\nname = "${name}"\nversion = "1.0.${at}"\n${at === 3 ? 'source = "registry"\n' : ''}`,
        )
        .join('\n'),
    },
  ];
  for (const files of together)
    assert.deepEqual(await gatesOf({ ...WORKSPACE, ...files }), WHOLE, JSON.stringify(files));
});

test('cargo: what stands in the place of a crate from elsewhere may be used by all', async () => {
  const files = {
    ...WORKSPACE,
    'Cargo.toml': `${WORKSPACE['Cargo.toml'] ?? ''}[patch.crates-io]\nsums = { path = "crates/sums" }\n`,
  };
  assert.equal(
    (await gatesOf(files))['cargo-test-crates-apart'],
    'cargo test --workspace --exclude=sums --exclude=text --exclude=words in crates/apart without crates/words',
  );
});

test('cargo: a path starts from the folder in which tests run, too', async () => {
  for (const files of [
    { 'crates/apart/tests/all.rs': 'std::fs::read_dir("..")' },
    { 'crates/apart/src/lib.rs': `${TESTED}glob("../*/data")` },
    { '.cargo/config.toml': '[env]\nDATA = { value = "crates/sums/data", relative = true }' },
  ])
    assert.doesNotMatch(
      (await gatesOf({ ...WORKSPACE, ...files }))['cargo-test-crates-apart'] ?? 'without crates/sums',
      /without.* crates\/sums/,
      JSON.stringify(files),
    );
});

const WHOLE = { 'cargo-test': 'cargo test --workspace in .' };

test('cargo: one gate where packages cannot be told, are too many, or only one has tests', async () => {
  const lock = (...names: readonly string[]): string =>
    names.map((name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n`).join('\n');
  const members = ['text', 'sums', 'words', 'apart'];
  assert.equal(Object.keys(await gatesOf({ ...WORKSPACE, 'Cargo.lock': lock(...members) })).length, 3);
  assert.deepEqual(await gatesOf({ ...WORKSPACE, 'Cargo.lock': lock(...members, 'elsewhere') }), WHOLE);
  assert.deepEqual(
    await gatesOf({ ...WORKSPACE, 'crates/text/Cargo.toml': '[package\n', 'Cargo.lock': lock(...members) }),
    WHOLE,
  );
  assert.deepEqual(
    await gatesOf({ ...WORKSPACE, 'crates/sums/src/lib.rs': '', 'crates/words/tests/it.rs': '' }),
    WHOLE,
  );
  const many = Object.fromEntries(
    Array.from({ length: 25 }, (_, n) => [
      [`crates/c${n}/Cargo.toml`, crate(`c${n}`)],
      [`crates/c${n}/src/lib.rs`, TESTED],
    ]).flat(),
  );
  assert.deepEqual(await gatesOf({ ...WORKSPACE, ...many }), WHOLE);
});

test('cargo: code that finds the root of the workspace by itself depends on every package', async () => {
  for (const text of [
    'Path::new(env!("CARGO_MANIFEST_DIR")).parent()',
    'concat!(env!("CARGO_MANIFEST_DIR"), "/../", NAME)',
    'Command::new("git").arg("--show-toplevel")',
    'cargo_metadata::MetadataCommand::new()',
    'Command::new("cargo").args(["metadata"])',
    'let mut at = PathBuf::from(env!("CARGO_MANIFEST_DIR")); at.pop();',
    'env::current_dir().unwrap().parent()',
  ]) {
    assert.equal(
      (await gatesOf({ ...WORKSPACE, 'crates/apart/tests/all.rs': text }))['cargo-test-crates-apart'],
      'cargo test --workspace --exclude=sums --exclude=text --exclude=words in crates/apart',
      text,
    );
  }
  const plain = await gatesOf({
    ...WORKSPACE,
    'crates/apart/tests/all.rs': 'fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data.txt")); path.parent_of()',
  });
  assert.match(plain['cargo-test-crates-apart'] ?? '', /without/);
});

const pom = (name: string, more = ''): string =>
  `<project>\n<parent><artifactId>all</artifactId></parent>\n<artifactId>${name}</artifactId>${more}</project>`;
const uses = (...names: readonly string[]): string =>
  `<dependencies>` +
  `${names.map((name) => `<dependency><groupId>g</groupId><artifactId>${name}</artifactId></dependency>`).join('')}` +
  `</dependencies>`;
const listing = (...names: readonly string[]): string =>
  `<modules>${names.map((name) => `<module>${name}</module>`).join('')}</modules>`;
const root = (more: string): string =>
  `<project><artifactId>all</artifactId><dependencyManagement>${uses('text', 'sums', 'words')}</dependencyManagement>${more}</project>`;

const CASE = 'class A { @Test void works() {} }';

const MODULES: Files = {
  'pom.xml': root(listing('text', 'sums', 'words', 'group')),
  'text/pom.xml': pom('text'),
  'sums/pom.xml': pom('sums', uses('text')),
  'sums/src/test/java/SumsTest.java': CASE,
  'words/pom.xml': pom('words'),
  'words/src/test/java/a/TestWords.java': CASE,
  'group/pom.xml': `<project><artifactId>group</artifactId>${listing('inner')}</project>`,
  'group/inner/pom.xml': pom('inner'),
  'group/inner/src/test/kotlin/InnerTest.kt': CASE,
};

test('maven: a gate for each module with tests, with what it needs built beside it', async () => {
  assert.deepEqual(await gatesOf(MODULES), {
    'maven-test-group-inner': 'mvn -B --projects=group/inner,group --also-make test in . without sums text words',
    'maven-test-sums': 'mvn -B --projects=sums,text --also-make test in . without group group/inner words',
    'maven-test-words': 'mvn -B --projects=words --also-make test in . without group group/inner sums text',
  });
});

test('maven: what the root declares is for all modules', async () => {
  const gates = await gatesOf({
    ...MODULES,
    'pom.xml': root(listing('text', 'sums', 'words', 'group') + uses('text')),
  });
  assert.equal(
    gates['maven-test-words'],
    'mvn -B --projects=words --also-make test in . without group group/inner sums',
  );
});

test('maven: a path in the root is for all modules', async () => {
  const data =
    '<build><resources><resource><directory>${maven.multiModuleProjectDirectory}/text/data</directory></resource></resources></build>';
  const gates = await gatesOf({ ...MODULES, 'pom.xml': root(listing('text', 'sums', 'words', 'group') + data) });
  assert.equal(
    gates['maven-test-words'],
    'mvn -B --projects=words --also-make test in . without group group/inner sums',
  );
  const settings = await gatesOf({ ...MODULES, '.mvn/jvm.config': '-javaagent:text/agent.jar' });
  assert.equal(settings['maven-test-words'], gates['maven-test-words']);
});

test('maven: one gate where a module with tests needs another, whose tests would run twice', async () => {
  const one = { 'maven-test': 'mvn -B test in .' };
  assert.deepEqual(await gatesOf({ ...MODULES, 'words/pom.xml': pom('words', uses('sums')) }), one);
  assert.deepEqual(
    await gatesOf({ ...MODULES, 'text/pom.xml': pom('text', uses('words')) }),
    one,
    'through a module without tests',
  );
  const bom =
    '<dependencyManagement><dependencies><dependency><artifactId>sums</artifactId><type>pom</type>' +
    '<scope>import</scope></dependency></dependencies></dependencyManagement>';
  assert.deepEqual(
    await gatesOf({ ...MODULES, 'words/pom.xml': pom('words', bom) }),
    one,
    'whose management it takes over',
  );
});

test('maven: a module whose tests may be left out is tested beside another', async () => {
  const apart = async (files: Files): Promise<boolean> =>
    'maven-test-words' in (await gatesOf({ ...MODULES, ...files }));
  assert.ok(await apart({ 'words/src/test/java/a/TestWords.java': 'class TestWords extends TestCase {}' }));
  for (const files of [
    { 'words/src/test/java/a/TestWords.java': 'class TestWords {}' },
    { 'words/pom.xml': pom('words', '<properties><maven.test.skip>true</maven.test.skip></properties>') },
  ])
    assert.ok(!(await apart(files)));
});

test('maven: one gate where modules cannot be told', async () => {
  const profile = `<profiles><profile>${listing('text')}</profile></profiles>`;
  for (const text of [
    root(listing('text', 'gone')),
    root(listing('text', 'sums', '${more}')),
    root(listing('text', 'sums', '../out')),
    root(listing('sums', 'words', 'sums')),
    root(listing('sums', 'words') + profile),
    root(`${listing('sums', 'words')}<!-- <!DOCTYPE -->`),
    root(listing('sums', 'words/pom.xml')),
    root(listing('sums', 'words') + uses('text_${scala}')),
  ]) {
    assert.deepEqual(await gatesOf({ ...MODULES, 'pom.xml': text }), { 'maven-test': 'mvn -B test in .' }, text);
  }
});

const GO_TEST = 'func TestIt(t *testing.T) {}\n';

test('go: a module depends on all but the modules that it does not require', async () => {
  const module = (path: string, more = ''): string => `module example.com/${path}\n\ngo 1.21\n${more}`;
  const files: Files = {
    'text/go.mod': module('text'),
    'text/text.go': '',
    'sums/go.mod': module(
      'sums',
      'require (\n\texample.com/text v0.0.0 // it\n)\nreplace example.com/text => ../text\n',
    ),
    'sums/sums_test.go': GO_TEST,
    'words/go.mod': module('words'),
    'words/words_test.go': GO_TEST,
  };
  assert.deepEqual(await gatesOf(files), {
    'go-test-sums': 'go test ./... in sums without words',
    'go-test-words': 'go test ./... in words without text sums',
  });
  assert.equal(
    (await gatesOf({ ...files, 'words/words_test.go': `import "example.com/text/deep"\n${GO_TEST}` }))['go-test-words'],
    'go test ./... in words without sums',
  );
  // What the workspace puts in the place of a module may be used by all.
  assert.equal(
    (
      await gatesOf({
        ...files,
        'go.work': 'go 1.21\nuse (\n\t./sums\n\t"./words"\n)\nreplace example.com/text => ./text\n',
      })
    )['go-test-words'],
    'go test ./... in words without sums',
  );
});

test('go: where a plain run tests nothing there is no gate beside others', async () => {
  const files = {
    'go.mod': 'module r\n',
    'r.go': '',
    'a/go.mod': 'module a\n',
    'a/a_test.go': GO_TEST,
    'e2e/go.mod': 'module e\n',
    'e2e/e_test.go': `//go:build e2e\n\n${GO_TEST}`,
  };
  assert.deepEqual(Object.keys(await gatesOf(files)), ['go-test-a']);
  assert.deepEqual(Object.keys(await gatesOf({ ...files, 'r_test.go': GO_TEST })), ['go-test', 'go-test-a']);
  assert.deepEqual(Object.keys(await gatesOf({ ...files, 'r_test.go': GO_TEST, 'go.work': 'use ./a\n' })), [
    'go-test-a',
  ]);
  assert.deepEqual(Object.keys(await gatesOf({ ...files, 'a/a_test.go': '' })), ['go-test']);
});
