import type { Ecosystem } from '../domain/ecosystem.ts';
import type { Language } from '../world/syntax/language.ts';
import { cpp } from './cpp/syntax/cpp.ts';
import { csharp } from './dotnet/syntax/csharp.ts';
import { go } from './go/syntax/go.ts';
import { script } from './javascript/syntax/script.ts';
import { java } from './jvm/syntax/java.ts';
import { php } from './php/syntax/php.ts';
import { python } from './python/syntax/python.ts';
import { ruby } from './ruby/syntax/ruby.ts';
import { rust } from './rust/syntax/rust.ts';

/** The languages of each ecosystem whose tests can be read. Of any other a changed file is named, and nothing said about its tests. */
export const SYNTAX: Readonly<Record<Ecosystem, readonly Language[]>> = {
  javascript: [script],
  python: [python],
  go: [go],
  rust: [rust],
  jvm: [java],
  php: [php],
  cpp: [cpp],
  dotnet: [csharp],
  ruby: [ruby],
};
