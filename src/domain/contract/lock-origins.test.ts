import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { manifestContract } from './manifest.ts';

const kind = (path: string, base: string, candidate: string): string => manifestContract(path, base, candidate).kind;

const PNPM = `packages:

  tinypool@1.0.0:
    resolution: {integrity: sha512-aaa}

  '@a/b@2.0.0':
    resolution: {integrity: sha512-bbb}
`;
const BERRY = `"tinypool@npm:^1.0.0":
  version: 1.0.0
  resolution: "tinypool@npm:1.0.0"
  checksum: aaa
`;
const CLASSIC = `tinypool@^1.0.0:
  version "1.0.0"
  resolved "https://registry.example/tinypool/-/tinypool-1.0.0.tgz#aaa"
`;
const UV = `[[package]]
name = "packaging"
version = "24.0"
source = { registry = "https://index.example/simple" }
wheels = [
    { url = "https://files.example/packaging-24.0-py3-none-any.whl", hash = "sha256:aaa" },
]
`;
const POETRY = `[[package]]
name = "packaging"
version = "24.0"
optional = false
python-versions = ">=3.8"
files = []
`;
const CARGO = `[[package]]
name = "libc"
version = "0.2.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "aaa"
`;
const GEMS = `GEM
  remote: https://gems.example/
  specs:
    diff-lcs (1.5)
    rake (13.0)
`;

suite('a package that a lock file has from a registry', () => {
  test('does not come out of a folder, an archive, a repository, another package or from another host', () => {
    for (const [path, base, from, to] of [
      ['pnpm-lock.yaml', PNPM, '{integrity: sha512-aaa}', '{tarball: file:made.tgz}'],
      [
        'pnpm-lock.yaml',
        PNPM,
        '{integrity: sha512-bbb}',
        '{integrity: sha512-c, tarball: https://other.example/b.tgz}',
      ],
      ['pnpm-lock.yaml', PNPM, 'tinypool@1.0.0', 'tinypool@file:made'],
      ['yarn.lock', BERRY, 'resolution: "tinypool@npm:1.0.0"', 'resolution: "made@npm:1.0.0"'],
      ['yarn.lock', BERRY, 'resolution: "tinypool@npm:1.0.0"', 'resolution: "tinypool@portal:made"'],
      ['yarn.lock', CLASSIC, 'https://registry.example/tinypool/-/tinypool-1.0.0.tgz', 'file:made.tgz'],
      ['yarn.lock', CLASSIC, 'https://registry.example', 'https://other.example'],
      ['uv.lock', UV, '{ registry = "https://index.example/simple" }', '{ editable = "made" }'],
      ['uv.lock', UV, 'https://files.example', 'https://other.example'],
      ['poetry.lock', POETRY, 'files = []\n', 'files = []\n\n[package.source]\ntype = "directory"\nurl = "made"\n'],
      ['Cargo.lock', CARGO, /source[\s\S]*/, ''],
      [
        'Cargo.lock',
        CARGO,
        'registry+https://github.com/rust-lang/crates.io-index',
        'git+https://github.com/made/libc',
      ],
      ['Gemfile.lock', GEMS, 'GEM', 'PATH\n  remote: made\n  specs:\n    diff-lcs (1.5)\n\nGEM'],
      ['requirements.txt', 'packaging==24.0\n', 'packaging==24.0', 'packaging @ file:made'],
      ['requirements.txt', 'packaging==24.0\n', 'packaging==24.0', './made'],
      ['pyproject.toml', '[project]\ndependencies = ["packaging"]\n', '"packaging"', '"packaging @ file:made"'],
      ['pyproject.toml', '[project]\nname = "a"\n', '"a"\n', '"a"\n[project.scripts]\npython3 = "a.b:main"\n'],
    ] as const)
      assert.equal(kind(path, base, base.replace(from, to)), 'restore', `${path}: ${to}`);
  });

  test('may have another version, and others may come and go', () => {
    for (const [path, base, from, to] of [
      ['pnpm-lock.yaml', PNPM, 'tinypool@1.0.0', 'tinypool@1.1.0'],
      ['pnpm-lock.yaml', PNPM, "  '@a/b", "  left@1.0.0:\n    resolution: {integrity: sha512-c}\n\n  '@a/b"],
      ['yarn.lock', BERRY, /1\.0\.0/g, '1.1.0'],
      ['yarn.lock', CLASSIC, /1\.0\.0/g, '1.1.0'],
      ['uv.lock', UV, /24\.0/g, '24.1'],
      [
        'uv.lock',
        UV,
        '[[package]]',
        '[[package]]\nname = "a"\nversion = "1"\nsource = { editable = "." }\n\n[[package]]',
      ],
      ['poetry.lock', POETRY, '24.0', '24.1'],
      ['Cargo.lock', CARGO, '[[package]]', '[[package]]\nname = "own"\nversion = "0.1.0"\n\n[[package]]'],
      ['Gemfile.lock', GEMS, 'diff-lcs (1.5)', 'diff-lcs (1.6)'],
      ['requirements.txt', 'packaging==24.0\n', '24.0', '24.1  # see https://notes.example'],
      ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.9"\n', '^3.9"', '^3.10"\nleft = "^1"'],
    ] as const)
      assert.equal(kind(path, base, base.replace(from, to)), 'same', `${path}: ${to}`);
  });
});
