import type { ChecksRules } from '../../../domain/contract/language-rules.ts';
import { changesNothing, throwing, type Effects } from '../../../domain/contract/support-effects.ts';

const EFFECTS: Effects = {
  does: [
    /^[ \t]+(?:return[ \t]+\S|yield\b|del\b|global\b|nonlocal\b|await\b)/m,
    /\bself\./,
    /[\w)]\.\w+[ \t]*[-+*/|&^%]?=(?!=)/,
    /\][ \t]*[-+*/|&^%]?=(?!=)/,
  ],
  calls: /^[ \t]*((?:[\w]+\.)*\w+)\(/gm,
  comments: /#.*$/gm,
};

const LIBRARY = new RegExp(
  String.raw`^[ \t]*(?:from|import)[ \t]+(?:pytest|unittest|nose|hypothesis|assertpy)\b|` +
    String.raw`\bself\.assert(?:Not)?(?:Equal|True|False|Is\w*|In|Raises\w*|AlmostEqual|\w+Equal)\(`,
  'm',
);

export const checks: ChecksRules = {
  uses: (text) => LIBRARY.test(text) || (/^[ \t]*assert[ \t(]/m.test(text) && changesNothing(EFFECTS, text)),
  // In brackets over several lines too, and as the place of a function that a manifest starts.
  named: (stem) =>
    new RegExp(
      `^[ \\t]*(?:from|import)\\b[^\\n]*\\b${stem}\\b|\\bimport[ \\t]*\\([^)]{0,2000}\\b${stem}\\b|[\\w.]\\b${stem}:[A-Za-z_]`,
      'm',
    ),
  throwsOnly: throwing(EFFECTS, /^[ \t]*raise\b/m),
};
