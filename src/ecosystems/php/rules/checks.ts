import type { ChecksRules } from '../../../domain/contract/language-rules.ts';
import { BRACES, throwing } from '../../../domain/contract/support-effects.ts';

const LIBRARY = new RegExp(
  String.raw`\bPHPUnit\\Framework\b|(?:\$this->|self::|static::)assert(?:Not)?(?:Same|Equals|True|` +
    String.raw`False|Null|Count|Empty|InstanceOf|ArrayHasKey|StringContains\w*|Greater\w+|Less\w+)\(`,
);

export const checks: ChecksRules = {
  uses: (text) => LIBRARY.test(text),
  throwsOnly: throwing(BRACES, /\bthrow\b/),
};
