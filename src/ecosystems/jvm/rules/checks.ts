import type { ChecksRules } from '../../../domain/contract/language-rules.ts';
import { BRACES, changesNothing, throwing } from '../../../domain/contract/support-effects.ts';

const JVM = new RegExp(
  String.raw`^[ \t]*import[ \t]+(?:static[ \t]+)?(?:org\.(?:junit|assertj|hamcrest|opentest4j|testng|` +
    String.raw`mockito)|junit\.framework|com\.google\.common\.truth|io\.kotest|kotlin\.test)\b`,
  'm',
);
/** A function of Kotlin, Scala or Groovy gives back what stands last in it. */
const GIVES_BACK_LAST = /\bfun\b[^\n{]*\)[ \t]*[:=]|\bdef\b/;

const throwsOnly = throwing(BRACES, /\bthrow\b/);

export const java: ChecksRules = {
  uses: (text) => JVM.test(text) || (/\bnew AssertionError\b/.test(text) && changesNothing(BRACES, text)),
  throwsOnly,
};
export const others: ChecksRules = {
  uses: (text) =>
    JVM.test(text) || (/\bAssertionError\b/.test(text) && !GIVES_BACK_LAST.test(text) && changesNothing(BRACES, text)),
};
