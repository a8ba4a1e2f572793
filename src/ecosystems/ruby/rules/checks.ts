import type { ChecksRules } from '../../../domain/contract/language-rules.ts';

const LIBRARY = new RegExp(
  String.raw`^[^#\n]*(?:\bRSpec\b|\bMinitest\b|\bTest::Unit\b|\b(?:assert|refute)_(?:equal|nil|` +
    String.raw`same|match|includes|in_delta|raises|empty|instance_of|kind_of)\b|` +
    String.raw`\bexpect[ \t]*[({][^\n]{0,500}[)}]\.(?:to|not_to|to_not)\b)`,
  'm',
);
/** Ruby that does nothing but raise, with what stands around it. */
const RAISES_ONLY = new RegExp(
  String.raw`^[ \t]*(?:(?:module|class|def|if|unless|elsif|else|end|raise|fail|require|` +
    String.raw`require_relative|extend self|module_function|private)\b.*|[a-z_]\w*[ \t]*=[^=>~].*|` +
    String.raw`return(?:[ \t]+(?:if|unless)\b.*)?|#.*)?$`,
);

export const checks: ChecksRules = {
  uses: (text) => LIBRARY.test(text),
  named: (stem) => new RegExp(`(?<![\\w-])(?:${stem}|${constantOf(stem)})(?![\\w-])`),
  throwsOnly: (text) =>
    /^[ \t]*def\b/m.test(text) &&
    /^[ \t]*(?:raise|fail)\b/m.test(text) &&
    text.split(/\r?\n/).every((line) => RAISES_ONLY.test(line)),
};

/** What a file is called in code that loads it by itself. */
export function constantOf(stem: string): string {
  return stem.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
