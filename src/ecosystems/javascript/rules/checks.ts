import type { ChecksRules } from '../../../domain/contract/language-rules.ts';
import { BRACES, throwing } from '../../../domain/contract/support-effects.ts';

const LIBRARY = new RegExp(
  String.raw`(?:from|require\(|import\(|import)[ \t]*['"](?:node:)?(?:test|vitest|chai|expect|should|` +
    String.raw`tape|tap|ava|jest|@jest\/\w+|@playwright\/test|uvu\/assert|qunit)['"]`,
);
const EXPECTS = /\bexpect[ \t]*\([^\n]{0,500}\)\s{0,80}\.(?:not|to|to[A-Z]\w*|resolves|rejects|be)\b/;
const ASSERTS = /(?:from|require\(|import\(|import)[ \t]*['"](?:node:)?assert(?:\/strict)?['"]/;
/** More than that a thing holds, which code asks of itself too. */
const COMPARES = new RegExp(
  String.raw`\bassert\.(?!ok\b)\w+\(|\b(?:equal|notEqual|deepEqual|strictEqual|deepStrictEqual|` +
    String.raw`notStrictEqual|partialDeepStrictEqual|throws|rejects)\(`,
);
/** Gets hold of it by a call, where something else than an import loads by name. */
const LOADS = /\bcreateRequire\b|\bgetBuiltinModule\b|\bModule\._load\b/;
const REACHES = /\([ \t]*['"](?:(?:node:)?assert(?:\/strict)?|node:test|vitest|chai|jest|expect)['"][ \t]*\)/;
/** Puts other functions into what is built in. */
const PATCHES = /\bsyncBuiltinESMExports\b|\bassert(?:\.strict)?(?:\.\w+|\[\w+\])[ \t]*=(?![=>])/;
const GIVES_BACK = /\breturn[ \t]+[^;\s}]/;

export const checks: ChecksRules = {
  uses: (text) =>
    LIBRARY.test(text) ||
    EXPECTS.test(text) ||
    PATCHES.test(text) ||
    (LOADS.test(text) && REACHES.test(text)) ||
    (ASSERTS.test(text) && (COMPARES.test(text) || !GIVES_BACK.test(text))),
  named: (stem) => new RegExp(`['"\`][^'"\`\\n]*\\b${stem}(?:/|/index)?(?:\\.[cm]?[jt]sx?)?['"\`]`),
  throwsOnly: throwing(BRACES, /\bthrow\b/),
};
