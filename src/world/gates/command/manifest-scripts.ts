import type { ScriptCall, ScriptRules, Scripts, Several } from '../../../domain/project/project-rules.ts';
import { allProjects } from '../../../ecosystems/projects.ts';

const RULES: readonly ScriptRules[] = allProjects(({ scripts }) => (scripts ? [scripts] : []));

/** The first answer of an ecosystem whose manifests name commands. */
function first<Answer>(ask: (rules: ScriptRules) => Answer | null): Answer | null {
  for (const rules of RULES) {
    const answer = ask(rules);
    if (answer !== null) return answer;
  }
  return null;
}

/** Manifests that name commands, in the order in which they count. */
export const NAMING: readonly ScriptRules[] = RULES;

/** The script that an argv runs: `npm test`, `npm run x`; null for anything else. */
export const scriptCall = (argv: readonly string[]): ScriptCall | null => first((rules) => rules.call(argv));

/** What `npm-run-all` and the like start; null for anything else. */
export const several = (argv: readonly string[], scripts: Scripts): readonly Several[] | null =>
  first((rules) => rules.several(argv, scripts));

export const matchedBy = (argv: readonly string[], call: ScriptCall, scripts: Scripts): readonly string[] | null =>
  first((rules) => rules.matchedBy(argv, call, scripts));

/** The words of an installed program that a call starts where there is no script of its name. */
export const programOf = (argv: readonly string[], call: ScriptCall, scripts: Scripts): readonly string[] | null =>
  first((rules) => rules.programOf(argv, call, scripts));

export const passesOn = (argv: readonly string[]): 'divided' | 'end' | 'no' | null =>
  first((rules) => rules.passesOn(argv));
