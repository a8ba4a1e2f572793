import type { Proven } from '../../../app/verify/report.ts';
import { originWords } from '../../../domain/delivery/origin-words.ts';
import { blocking } from '../../../domain/judge/readiness.ts';
import { clean } from '../../../domain/text/clean.ts';
import { coded } from './coded.ts';
import { many } from './many.ts';
import { withoutEchoes } from '../../../app/narrative/missing.ts';

/** What each level says. */
const LEVELS: Readonly<Record<string, string>> = {
  OMK_READY: 'every required gate passed on the result',
  OMK_GATES_PINNED: 'the base says what judges',
  OMK_BASE_TESTS_PASS: "the base's tests pass",
  OMK_SANDBOXED: 'gates ran in a sandbox',
  OMK_AGENT_SANDBOXED: 'so did the agent',
  OMK_CANARY: 'planted failures were reported',
  OMK_HELD_OUT: 'held-out checks pass',
  OMK_ORACLE_APPROVED: 'a person approved the checks that an agent wrote before the work',
};

/** What a verified bundle proves, in words, with codes behind them. What a cancelled goal lacks is nobody's question. */
export function provenLines(proven: Proven): readonly string[] {
  const { base, head, keyid, signer, rules, levels, gaps, redacted, status, origin } = proven;
  const open = status === 'cancelled' ? [] : withoutEchoes(blocking(gaps));
  return [
    `  base    ${base}`,
    ...(head === null ? [] : [`  result  ${head}`]),
    ...(origin ? [`  from    ${originWords(origin)}`] : []),
    `  key     ${keyid} (${clean(signer)})`,
    `  rules   ${rules === null ? 'none named: this proof is older than rule sets' : clean(rules)}`,
    ...(status === 'ready'
      ? levels.map((level) => `  shown   ${coded(LEVELS[level] ?? 'a level of a newer omk', level)}`)
      : []),
    ...open.map((gap) => `  missing ${coded(clean(gap.text), gap.code)}`),
    ...gaps.filter((gap) => gap.kind === 'known').map((gap) => `  limit   ${coded(clean(gap.text), gap.code)}`),
    ...(redacted > 0 ? [`  note    ${many(redacted, 'recorded file')} not in the bundle`] : []),
  ];
}
