import { OmkError } from '../../../domain/error.ts';
import type { GoalOptions } from '../../../domain/goal/event.ts';
import type { RunFlags } from './run-flags.ts';

/** An audit changes no file, so nothing that fails now can pass at its end. */
export function auditFrom(flags: RunFlags): Pick<GoalOptions, 'class' | 'allowNoChange'> {
  const asks: readonly (readonly [flag: string, given: boolean])[] = [
    ['--check', (flags.check ?? []).length > 0],
    ['--fact', (flags.fact ?? []).length > 0],
    ['--held-out', flags.heldOut !== undefined],
    ['--plan', flags.plan !== undefined],
    ['--stories', flags.stories !== undefined],
    ['--planner always', flags.planner === 'always'],
  ];
  const [flag] = asks.find(([, given]) => given) ?? [];
  if (flag === undefined) return { class: 'audit', allowNoChange: true };
  throw new OmkError(
    'FLAG_INVALID',
    `--class audit changes no file, so what ${flag} asks for cannot become so`,
    `leave out ${flag}, or --class audit`,
  );
}
