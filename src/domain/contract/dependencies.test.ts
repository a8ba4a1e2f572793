import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { manifestContract } from './manifest.ts';
import { namesRunner } from './runner-packages.ts';

interface Case {
  readonly path: string;
  readonly base: string;
  /** Dependencies that are the candidate's own business. */
  readonly own: string;
  /** Edits that would let a candidate choose what judges it. */
  readonly cheats: readonly (readonly [find: string, replace: string])[];
}

const CASES: readonly Case[] = [
  {
    path: 'pnpm-lock.yaml',
    base:
      'importers:\n\n  .:\n    devDependencies:\n      vitest:\n        specifier: 1.0.0\n' +
      '        version: 1.0.0\n\npackages:\n\n  vitest@1.0.0:\n    resolution: {integrity: sha512-a}\n' +
      '    engines: {node: 18}\n',
    own: '\n  is-odd@3.0.1:\n    resolution: {integrity: sha512-b}\n',
    cheats: [
      ['sha512-a', 'sha512-x'],
      ['vitest@1.0.0', 'vitest@1.0.1'],
      ['{integrity: sha512-a}', '{tarball: https://example.com/x.tgz}'],
    ],
  },
  {
    path: 'yarn.lock',
    base: '"mocha@npm:^1":\n  version: 1.0.0\n  resolution: "mocha@npm:1.0.0"\n  checksum: a\n',
    own: '\n"is-odd@npm:3.0.1":\n  version: 3.0.1\n  checksum: b\n',
    cheats: [
      ['checksum: a', 'checksum: x'],
      ['mocha@npm:1.0.0', 'other@npm:1.0.0'],
    ],
  },
  {
    path: 'bun.lock',
    base: '{\n "packages": {\n  "jest": ["jest@1.0.0", "", {}, "sha512-a"],\n',
    own: '\n  "is-odd": ["is-odd@3", "", {}, "sha512-b"],\n',
    cheats: [
      ['sha512-a', 'sha512-x'],
      ['jest@1.0.0', 'evil@1.0.0'],
    ],
  },
  {
    path: 'uv.lock',
    base: '[[package]]\nname = "pytest"\nversion = "8.0.0"\nsource = { registry = "https://pypi.org/simple" }\n',
    own: '\n[[package]]\nname = "six"\nversion = "1.16.0"\n',
    cheats: [
      ['8.0.0', '8.0.1'],
      ['https://pypi.org/simple', 'https://example.com'],
      ['[[package]]', '[[package]]\nname = "pytest-evil"\nversion = "1"\n\n[[package]]'],
    ],
  },
  {
    path: 'requirements.txt',
    base: 'pytest==8.0.0\n',
    own: 'six==1.16.0\n',
    cheats: [
      ['==8.0.0', ' @ https://example.com/p.whl'],
      ['pytest', '--index-url https://example.com\npytest'],
      ['pytest', 'pytest-evil\npytest'],
    ],
  },
  {
    path: 'go.mod',
    base: 'module m\n\ngo 1.21\n\nrequire github.com/stretchr/testify v1.9.0\n',
    own: '\nrequire golang.org/x/text v0.14.0\n\nrequire (\n\tgolang.org/x/mod v0.1.0 // indirect\n)\n',
    cheats: [
      ['v1.9.0', 'v1.8.0'],
      ['go 1.21', 'go 1.21\nreplace github.com/stretchr/testify => ./evil'],
    ],
  },
  {
    path: 'go.sum',
    base: 'github.com/stretchr/testify v1.9.0 h1:a=\n',
    own: 'golang.org/x/text v0.14.0 h1:b=\n',
    cheats: [['h1:a=', 'h1:x=']],
  },
  {
    path: 'Cargo.toml',
    base: '[package]\nname = "a"\nversion = "0.1.0"\n\n[dev-dependencies]\nrstest = "0.18"\n\n[dependencies]\n',
    own: 'itoa = "1"\nserde = { version = "1", features = ["derive"] }\n',
    cheats: [
      ['0.18"', '0.17"'],
      ['[dependencies]', '[[test]]\nname = "x"\nharness = false\n[dependencies]'],
      ['[dependencies]', '[patch.crates-io]\nrstest = { path = "evil" }\n[dependencies]'],
      ['version = "0.1.0"', 'version = "0.1.0"\nautotests = false'],
    ],
  },
  {
    path: 'pom.xml',
    base:
      '<project><dependencies><dependency><artifactId>junit-jupiter</artifactId><version>5</version></depen' +
      'dency></dependencies><build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId></plugin>' +
      '</plugins></build></project>',
    own: '',
    cheats: [
      ['<version>5</version>', '<version>4</version>'],
      [
        'maven-surefire-plugin</artifactId>',
        'maven-surefire-plugin</artifactId><configuration><skip>true</skip></configuration>',
      ],
      [
        'maven-surefire-plugin</artifactId>',
        'maven-surefire-plugin</artifactId><dependencies><dependency><artifactId>evil</artifactId></dependency></dependencies>',
      ],
      ['<build>', '<repositories><repository><url>https://example.com</url></repository></repositories><build>'],
      ['<build>', '<properties><skipTests>true</skipTests></properties><build>'],
    ],
  },
  {
    path: 'pyproject.toml',
    base: '[project]\nname = "a"\ndependencies = ["six"]\n[dependency-groups]\ndev = ["pytest==8.0.0"]\n',
    own: 'lint = ["ruff"]\n',
    cheats: [
      ['==8.0.0', '==7.0.0'],
      ['"pytest==8.0.0"', '"pytest==8.0.0", "pytest-evil"'],
      ['[project]', '[tool.uv]\nindex-url = "https://example.com"\n[project]'],
    ],
  },
];

suite('manifests and lock files', () => {
  for (const { path, base, own, cheats } of CASES) {
    test(`${path}: dependencies are the candidate's own`, () =>
      assert.deepEqual(manifestContract(path, base, base + own), { kind: 'same' }));
    for (const [find, replace] of cheats)
      test(`${path}: ${find} may not become ${replace}`, () => {
        assert.ok(base.includes(find));
        assert.deepEqual(manifestContract(path, base, base.replace(find, replace) + own), { kind: 'restore' });
      });
  }
  test("pom.xml: a dependency that does not judge is the candidate's own", () => {
    const base = '<project><dependencies><dependency><artifactId>a</artifactId></dependency></dependencies></project>';
    const more = base.replace(
      '</dependencies>',
      '<dependency><artifactId>commons-lang3</artifactId></dependency></dependencies>',
    );
    assert.deepEqual(manifestContract('pom.xml', base, more), { kind: 'same' });
    for (const inside of [
      '<scope>system</scope>',
      '<scope>&#115;ystem</scope><systemPath >x</systemPath>',
      '<systemPath>${project.basedir}/more.jar</systemPath>',
    ])
      assert.deepEqual(
        manifestContract('pom.xml', base, more.replace('</dependency>', `${inside}</dependency>`)),
        { kind: 'restore' },
        inside,
      );
  });
  test('package.json: what npm runs beside a script of the base is no idle script', () => {
    const judged = (scripts: object): unknown =>
      manifestContract(
        'package.json',
        '{"scripts":{"build":"tsc"}}',
        JSON.stringify({ scripts: { build: 'tsc', ...scripts } }),
      ).kind;
    assert.equal(judged({ docs: 'typedoc' }), 'same');
    for (const name of ['prebuild', 'postbuild', 'postinstall'])
      assert.equal(judged({ [name]: 'sh evil.sh' }), 'merged', name);
  });
  const GEMS = "source 'https://gems.example'\n\ngem 'rspec'\n";
  test('Gemfile: another gem is the candidate’s own, what is left of the program is the base’s', () => {
    const gemfile = (text: string): unknown => manifestContract('Gemfile', GEMS, text).kind;
    for (const more of [
      "gem 'rack'",
      "gem 'rack', '~> 3.0', '>= 3.0.1', require: false # why",
      "gem 'pg', group: [:production, :test]",
      '# only said',
    ])
      assert.equal(gemfile(`${GEMS}${more}\n`), 'same', more);
    for (const more of [
      "gem 'rack', path: 'here'",
      "gem 'rspec-core'",
      "gem 'rack', git: 'https://other.example/rack'",
      "path 'here' do\n  gem 'rack'\nend",
      "eval_gemfile 'more'",
      "gem 'rack'; exit",
      'gem "rack#{exit}"',
    ])
      assert.equal(gemfile(`${GEMS}${more}\n`), 'restore', more);
    for (const more of ["gem 'rack', platforms: %i[mri windows]", "gem 'rack', :require => false", "gem('rack')"])
      assert.equal(gemfile(`${GEMS}${more}\n`), 'same', more);
    for (const more of [
      `gem "rack", "', ".size.then { system(%q(x)); %q(>= 0) } if ', "'`,
      String.raw`gem "rack", "\", ".size.then { system(%q(x)); %q(>= 0) } if ?"`,
      "gem 'rack' # '\ngem 'rspec', path: 'x' #'",
    ])
      assert.equal(gemfile(`${GEMS}${more}\n`), 'restore', more);
    assert.equal(gemfile(GEMS.replace("'rspec'", "'rspec', '1.0'")), 'restore');
    assert.equal(manifestContract('Gemfile', null, GEMS).kind, 'restore');
    const lock = 'GEM\n  remote: https://gems.example/\n  specs:\n    rspec (3.12.0)\n\nDEPENDENCIES\n  rspec\n';
    const locked = (text: string): unknown => manifestContract('Gemfile.lock', lock, text).kind;
    assert.equal(
      locked(
        lock.replace('    rspec', '    activesupport (7.1)\n      minitest (>= 5.1)\n    minitest (5.20)\n    rspec'),
      ),
      'same',
    );
    assert.equal(locked(lock.replace('3.12', '3.13')), 'restore');
    assert.equal(
      locked(
        lock
          .replace('    rspec (3.12.0)\n', '')
          .replace('GEM', 'PATH\n  remote: here\n  specs:\n    rspec (3.12.0)\n\nGEM'),
      ),
      'restore',
    );
    assert.equal(locked(`PATH\n  remote: here\n  specs:\n    rspec-core (3.12.0)\n\n${lock}`), 'restore');
    assert.equal(locked(lock.replace('gems.example', 'other.example')), 'restore');
    assert.equal(locked(lock.replace('  rspec\n', '  rspec!\n')), 'restore');
    const spec = "Gem::Specification.new do |s|\n  s.name = 'a'\n  s.files = Dir['lib/**/*']\nend\n";
    const gemspec = (more: string): unknown =>
      manifestContract('a.gemspec', spec, spec.replace('end', `${more}\nend`)).kind;
    for (const more of ["  s.add_dependency 'rack', '~> 3'", '  s.version = "1.2.0"', '  s.authors = ["me", "you"]'])
      assert.equal(gemspec(more), 'same', more);
    for (const more of [
      '  system("sh evil.sh")',
      '  s.version = File.read("x")',
      "  s.add_development_dependency 'rspec', '1'",
    ])
      assert.equal(gemspec(more), 'restore', more);
  });
  test('composer.json: packages are the candidate’s own, scripts and those that judge are the base’s', () => {
    const before = {
      name: 'a/b',
      require: { php: '>=8' },
      'require-dev': { 'phpunit/phpunit': '^10' },
      scripts: { test: 'phpunit' },
    };
    const judged = (change: object): unknown =>
      manifestContract('composer.json', JSON.stringify(before), JSON.stringify({ ...before, ...change }));
    assert.deepEqual(
      judged({ require: { php: '>=8', 'monolog/monolog': '^3' }, autoload: { files: ['src/more.php'] } }),
      { kind: 'same' },
    );
    for (const change of [
      { scripts: { test: 'true' } },
      { 'require-dev': { 'phpunit/phpunit': '*' } },
      { scripts: { test: 'phpunit', init: 'sh evil.sh' } },
      { replace: { 'phpunit/phpunit': '*' } },
      { replace: { 'PHPUnit/PHPUnit': '*' } },
      { repositories: [{ type: 'path', url: 'here' }] },
      { 'autoload-dev': { files: ['x.php'] } },
    ]) {
      const found = manifestContract('composer.json', JSON.stringify(before), JSON.stringify({ ...before, ...change }));
      assert.equal(found.kind, 'merged');
      assert.deepEqual(JSON.parse(found.kind === 'merged' ? found.text : ''), {
        ...before,
        ...('replace' in change ? { replace: {} } : {}),
      });
    }
    assert.deepEqual(judged({ autoload: { 'psr-4': { 'PHPUnit\\Framework\\': 'src/fake/' } } }), { kind: 'restore' });
    const lock = (phpunit: object, more: readonly object[] = []): string =>
      JSON.stringify({ packages: more, 'packages-dev': [{ name: 'phpunit/phpunit', ...phpunit }] });
    assert.equal(
      manifestContract('composer.lock', lock({ version: '1' }), lock({ version: '1' }, [{ name: 'monolog/monolog' }]))
        .kind,
      'same',
    );
    assert.equal(manifestContract('composer.lock', lock({ version: '1' }), lock({ version: '2' })).kind, 'restore');
    assert.equal(manifestContract('composer.lock', lock({ version: '1' }), '[').kind, 'restore');
  });
  test('projects of .NET: references are the candidate’s own, the build is the base’s', () => {
    const before =
      '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup><TargetFramework>net8.0</TargetFramework></Pro' +
      'pertyGroup>\n  <ItemGroup><PackageReference Include="xunit" Version="2.6" /></ItemGroup>\n' +
      '</Project>';
    const judged = (text: string): unknown =>
      manifestContract('src/A.csproj', before, before.replace('</Project>', `${text}</Project>`)).kind;
    for (const more of [
      '<ItemGroup><PackageReference Include="Dapper" Version="2.1" /></ItemGroup>',
      '<ItemGroup><ProjectReference Include="..\\B\\B.csproj"></ProjectReference></ItemGroup>',
      '<PropertyGroup><Version>1.2.0</Version></PropertyGroup>',
      '<!-- said -->',
    ])
      assert.equal(judged(more), 'same', more);
    for (const more of [
      '<Import Project="x.targets" />',
      '<Target Name="After" AfterTargets="Build"><Exec Command="true" /></Target>',
      '<ItemGroup><PackageReference Include="xunit.core" Version="9" /></ItemGroup>',
      '<PropertyGroup><Version>$([System.IO.File]::ReadAllText(x))</Version></PropertyGroup>',
      '<PropertyGroup><IsTestProject>false</IsTestProject></PropertyGroup>',
      '<ItemGroup><PackageReference Include="A" Label=">" /></ItemGroup><Target Name="X" ' +
        'BeforeTargets="VSTest"><Exec Command="x" /></Target><ItemGroup><PackageReference ' +
        'Include="B"></PackageReference></ItemGroup>',
      '<ItemGroup><PackageReference Update="xun&#105;t" Version="9" /></ItemGroup>',
      '<ItemGroup><PackageReference Update="%78unit" Version="9" /></ItemGroup>',
      '<ItemGroup><PackageReference Update="XUNIT" Version="9" /></ItemGroup>',
      '<ItemGroup><PackageReference Update="*" Version="9" /></ItemGroup>',
      '<ItemGroup><PackageReference Remove="@(PackageReference)" /></ItemGroup>',
      '<ItemGroup><ProjectReference Include="..\\fake\\xunit.assert.csproj" /></ItemGroup>',
    ])
      assert.equal(judged(more), 'restore', more);
    assert.equal(judged('<ItemGroup><InternalsVisibleTo Include="A.Tests" /></ItemGroup>'), 'same');
    const added = (text: string): unknown =>
      manifestContract('src/B.csproj', null, before.replace('</Project>', `${text}</Project>`)).kind;
    assert.equal(added(''), 'same');
    for (const more of [
      '<Target Name="X" />',
      '<Import Project="x" />',
      '<PropertyGroup><AssemblyName>xunit.assert</AssemblyName></PropertyGroup>',
      '<!-- ',
    ])
      assert.equal(added(more), 'restore', more);
  });
  test('texts that repeat themselves do not hold it up', { timeout: 60_000 }, () => {
    const long = (text: string): string => text.repeat(1_000_000 / text.length);
    for (const path of ['Gemfile', 'a.gemspec', 'Gemfile.lock', 'composer.json', 'a.csproj', 'pom.xml'])
      for (const text of [
        `gem${long(' ')}x`,
        `gem 'a'${long(", 'b'")}x`,
        long('<!--'),
        long('<PackageReference '),
        long('<PackageReference>'),
        long('<dependency>'),
        long('"'),
      ])
        manifestContract(path, '', text);
    for (const text of ['<PackageReference ', '<PackageReference>', '<!-- ', '<dependency>', '<build>'])
      for (const path of ['a.csproj', 'pom.xml']) manifestContract(path, '', text.repeat(190_000 / text.length));
  });
  test('names that only look alike are no runners', () => {
    for (const name of ['latest', 'contest', 'jesting', 'my-pytest', 'testify', 'tapable', 'unexpected'])
      assert.equal(namesRunner(`  ${name}: 1`), false, name);
    for (const line of [
      'pytest',
      'pytest>=7',
      '"vitest": "1"',
      '  /jest@1.0.0:',
      "'@vitest/runner@1':",
      '<artifactId>junit</artifactId>',
      'pytest[extra]==1',
    ])
      assert.equal(namesRunner(line), true, line);
  });
  test('property: the same text is the same, and any text is compared', () => {
    const paths = fc.constantFrom(...CASES.map(({ path }) => path));
    fc.assert(
      fc.property(paths, fc.string(), fc.string(), (path, a, b) => {
        assert.equal(manifestContract(path, a, a).kind, 'same');
        assert.match(manifestContract(path, a, b).kind, /^(same|restore|merged)$/);
      }),
    );
  });
});
