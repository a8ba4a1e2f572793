import { ofVersion, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion(
    'Rust',
    /cannot be built because (it requires rustc [^\n]*?currently active rustc version is [\d.]*\d)/,
    (name) => name,
  ),
  ofVersion(
    'Rust',
    /(`#!\[feature\]` may not be used on the \w+ release channel|the option `Z` is only accepted on the nightly compiler)/,
    (name) => `it needs a nightly Rust: ${name}`,
  ),
  {
    what: 'tool',
    pattern: /^error: no such command: `([\w-]+)`/m,
    says: (name) => `cargo-${name} is not installed here`,
    fix: 'install it, where it is on the PATH, or name another command in .omk/gates.toml',
  },
  {
    what: 'tool',
    pattern: /^error: toolchain '([\w.-]+)' is not installed/m,
    says: (name) => `the toolchain ${name} of Rust is not installed here, and gates fetch none`,
    fix: 'install it: rustup toolchain install, in the repository',
  },
];
