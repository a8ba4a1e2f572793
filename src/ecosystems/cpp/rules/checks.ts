import type { ChecksRules } from '../../../domain/contract/language-rules.ts';
import { BRACES, throwing } from '../../../domain/contract/support-effects.ts';

const GIVES_BACK = /\breturn[ \t]+[^;\s}]/;

export const checks: ChecksRules = {
  uses: (text) =>
    /#[ \t]*include[ \t]*[<"](?:gtest|gmock|catch2|doctest|boost\/test)/.test(text) ||
    (/\b__LINE__\b/.test(text) && /\b(?:abort|_?exit)[ \t]*\(/.test(text) && !GIVES_BACK.test(text)),
  throwsOnly: throwing(BRACES, /\bthrow\b/),
};
