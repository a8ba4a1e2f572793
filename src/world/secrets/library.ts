import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { FoundSecret } from '../../domain/secrets/find.ts';
import { isPlaceholder } from '../../domain/secrets/placeholder.ts';

/** Comments that switch rules off are the candidate's own; a file's name alone is no secret, and talk about keys neither. */
const LEFT_OUT = /filter-comments|rule-gcp|rule-privatekey/;
/** An account's number is no secret. */
const NOT_SECRET = /AccountID|ACCOUNT_ID/i;

const RULES = rules
  .filter(({ meta }) => !LEFT_OUT.test(meta.id))
  .map((rule) => ({ id: rule.meta.id, rule, options: {} }));

// It would keep what it measures of each rule and each text until omk ends.
secretLintProfiler.setEnabled(false);

/** What the library's recommended rules find in one text. */
export async function withLibrary(path: string, text: string): Promise<readonly FoundSecret[]> {
  const { messages } = await lintSource({
    source: { filePath: path, content: text, contentType: 'text', ext: '' },
    options: { config: { rules: RULES }, noPhysicFilePath: true },
  });
  return messages.flatMap(({ ruleId, messageId, range: [from, to] }): readonly FoundSecret[] => {
    const value = text.slice(from, to);
    if (NOT_SECRET.test(messageId) || isPlaceholder(value)) return [];
    return [{ kind: ruleId.replace(/^.*secretlint-rule-/, '').replaceAll('-', ' '), value, at: from }];
  });
}
