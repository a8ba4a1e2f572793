import type { JudgeNotice } from '../../../app/judge/judge.ts';
import type { Purpose } from '../../../domain/gates/evidence.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

const RUNS: Readonly<Record<Purpose, string>> = {
  baseline: 'on the base',
  contract: 'on the change, with the tests of the base',
  candidate: 'on the change as it is',
  canary: 'with a test that must fail',
  altered: 'with tests that expect something else',
  oracle: 'with the held-out tests, where they must fail',
  held_out: 'on the change, with the held-out tests',
  reversal: 'with all of the change but its product',
  hollow: 'with the tests of the change, without what it does',
};

/** What is done now, a line each; null for what nobody waits for. */
export function progressLine(notice: JudgeNotice): string | null {
  switch (notice.kind) {
    case 'gate_started':
      return `${notice.run.gate} ${RUNS[notice.run.purpose]}${notice.run.round > 1 ? ', again' : ''}`;
    case 'step':
      return cleanLine(notice.text);
    case 'warning':
      return `warning: ${cleanLine(notice.text)}`;
    case 'event':
      return notice.event.type === 'goal.created'
        ? `judging ${cleanLine(notice.event.data.given?.name ?? '')} as ${notice.event.data.goal}`
        : null;
  }
}
