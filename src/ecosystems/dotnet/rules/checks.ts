import type { ChecksRules } from '../../../domain/contract/language-rules.ts';
import { BRACES, throwing } from '../../../domain/contract/support-effects.ts';

const LIBRARY =
  /^[ \t]*using[ \t]+(?:static[ \t]+)?(?:Xunit|NUnit|Microsoft\.VisualStudio\.TestTools|FluentAssertions|Shouldly)\b/m;

export const checks: ChecksRules = {
  // An extension is called without a name that would tell who uses it.
  uses: (text) => !/\([ \t]*this[ \t]+\w/.test(text) && LIBRARY.test(text),
  throwsOnly: throwing(BRACES, /\bthrow\b/),
};
