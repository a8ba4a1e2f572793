import type { Level, VerifyReport } from '../../../app/verify/report.ts';
import { OmkError } from '../../../domain/error.ts';
import { EXIT_CODES } from '../../../domain/status.ts';
import { openWorld, type Live } from '../../../app/compose.ts';
import { printJsonLine, type Output } from '../output/print.ts';
import { check } from '../../../app/verify/check.ts';
import { print } from './verify/print.ts';
import { ownTarget, targetOf } from '../../../app/verify/target.ts';
import type { VerifyFlags } from '../../../app/verify/flags.ts';
import { environment } from '../../../app/here.ts';
import type { GoalId } from '../../../domain/ids.ts';

export async function verify(bundle: string, flags: VerifyFlags, output: Output): Promise<number> {
  const { level, more } = askedOf(flags);
  const world = await openWorld(environment());
  try {
    const target = await targetOf(world, bundle, flags.repo ?? '.');
    if (more === 'rerun') return await (await import('./verify/rerun.ts')).verifyAgain(world, target, flags, output);
    if (more === 'replay')
      return await (await import('./verify/replay.ts')).verifyReplay(world, target, { ...flags, level }, output);
    const { report } = await check(world, target, level, flags);
    print(report, target, output);
    const shown = report.reached === level && target.found?.by !== 'patch';
    return shown && report.proven ? EXIT_CODES[report.proven.status] : 3;
  } finally {
    await world.store.close();
  }
}

/** The bundle of one goal of this machine, checked to V1; for the demo. */
export async function verifyGoal(world: Live, goal: GoalId, output: Output): Promise<VerifyReport> {
  const target = await ownTarget(world, goal);
  const { report } = await check(world, target, 'V1', {});
  if (output.json) printJsonLine(output, { type: 'verified', ...report, bundle: target.folder });
  else print(report, target, output);
  return report;
}

interface Asked {
  readonly level: Level;
  /** What is done beyond V1, or beyond V0 where there is no clone. */
  readonly more: 'rerun' | 'replay' | null;
}

function askedOf(flags: VerifyFlags): Asked {
  const asked = levelOf(flags);
  const { gates } = flags;
  if (gates === undefined) return asked;
  if (asked.more !== 'replay')
    throw new OmkError('FLAG_INVALID', '--gates is for --replay', 'omk verify --replay --gates recorded');
  if (gates !== 'run' && gates !== 'recorded')
    throw new OmkError('FLAG_INVALID', `--gates must be run or recorded, not '${gates}'`, '--gates recorded');
  if (gates === 'run' && asked.level === 'V0')
    throw new OmkError('FLAG_INVALID', 'Running gates needs a clone, and --level V0 uses none', 'leave out --level');
  return asked;
}

function levelOf({ level, rerun, replay, gate }: VerifyFlags): Asked {
  if (gate !== undefined && !rerun && level !== 'V2')
    throw new OmkError('FLAG_INVALID', '--gate is for --rerun', 'omk verify --rerun --gate <name>');
  if (replay && !rerun && (level === 'V0' || level === 'V1')) return { level, more: 'replay' };
  const meant = [...(rerun ? ['V2'] : []), ...(replay ? ['V3'] : []), ...(level === undefined ? [] : [level])];
  const [one = 'V1', other = one] = new Set(meant);
  if (one !== other)
    throw new OmkError('FLAG_INVALID', `${one} and ${other} cannot be asked for at once`, `--level ${one}`);
  if (one === 'V0' || one === 'V1') return { level: one, more: null };
  if (one === 'V2') return { level: 'V1', more: 'rerun' };
  if (one === 'V3') return { level: 'V1', more: 'replay' };
  throw new OmkError('FLAG_INVALID', `--level must be V0, V1, V2 or V3, not '${one}'`, '--level V1');
}
