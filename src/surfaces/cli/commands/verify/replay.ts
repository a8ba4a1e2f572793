import { EXIT_CODES } from '../../../../domain/status.ts';
import { OmkError } from '../../../../domain/error.ts';
import { NO_CASSETTE, replayChecked, replayRun, type Replayed, type Watch } from '../../../../app/replay-run.ts';
import { cassetteSeal, type CassetteSeal } from '../../../../app/verify/cassette-seal.ts';
import { check } from '../../../../app/verify/check.ts';
import { checkMade, type Made } from '../../../../app/verify/check-made.ts';
import type { VerifyFlags } from '../../../../app/verify/flags.ts';
import type { Level, Opened } from '../../../../app/verify/report.ts';
import type { Target } from '../../../../app/verify/target.ts';
import type { Live } from '../../../../app/compose.ts';
import { printJson, type Output } from '../../output/print.ts';
import { whileGatesRun } from '../../output/gates-run.ts';
import { replayedLines } from '../../text/replayed.ts';
import { print } from './print.ts';
import type { GoalId } from '../../../../domain/ids.ts';

type Flags = VerifyFlags & { readonly level: Level };

/**
 * V3: the proof to V1, and its run made again from its cassette, gates included. To V0 only where that is asked for, as on a machine
 * without a clone. The exit code is the status only when both hold.
 */
export async function verifyReplay(world: Live, target: Target, flags: Flags, output: Output): Promise<number> {
  const { level } = flags;
  const made = await (level === 'V1'
    ? checkBoth(world, target, flags)
    : withoutPin(check(world, target, level, flags)));
  const { report } = made;
  const { proven } = report;
  const holds = report.reached === level && target.found?.by !== 'patch' && proven !== null;
  const withGates = holds && level === 'V1' && flags.gates !== 'recorded';
  const { replayed, seal } =
    proven === null
      ? UNKNOWN
      : await whileGatesRun(output, (watch) =>
          replayOf(world, target, { goal: proven.goal, made }, flags, withGates ? watch : null),
        );
  const isReproduced = holds && replayed.kind === 'reproduced';
  const { bundle, found } = { bundle: target.folder, found: target.found };
  if (output.json)
    printJson(output, {
      ...report,
      asked: level === 'V0' ? 'V0' : 'V3',
      reached: isReproduced && level === 'V1' ? 'V3' : report.reached,
      bundle,
      found,
      replay: seal === null ? replayed : { ...replayed, cassette: seal.kind },
    });
  else {
    print(report, target, output);
    for (const line of [
      ...replayedLines(replayed),
      ...sealLines(seal),
      ...levelLines(level),
      ...gatesLines(flags, replayed),
    ])
      output.out(line);
  }
  return isReproduced ? EXIT_CODES[proven.status] : 3;
}

/** As for V2: the result need not be in the clone, for base and patch make its tree again. */
function checkBoth(world: Live, target: Target, flags: Flags): Promise<Made> {
  if (target.own) return withoutPin(check(world, target, 'V1', flags));
  return checkMade(world, target, flags).catch(withoutClone);
}

const withoutPin = async (opened: Promise<Opened>): Promise<Made> => ({ ...(await opened), pin: null });

interface Outcome {
  readonly replayed: Replayed;
  /** Null: it is on this machine, or was not looked at. */
  readonly seal: CassetteSeal | null;
}

const UNKNOWN: Outcome = {
  replayed: { kind: 'not_replayable', why: 'the proof does not hold' },
  seal: null,
};

/** Gates run only for a bundle that holds to V1, on a clone that has its base. */
async function replayOf(
  world: Live,
  target: Target,
  { goal, made }: { readonly goal: GoalId; readonly made: Made },
  { key }: Flags,
  gates: Watch | null,
): Promise<Outcome> {
  if (target.own) {
    const { goal: _goal, ...replayed } = await replayRun(target.own.goal, gates);
    return { replayed, seal: null };
  }
  const seal = await cassetteSeal(world, { folder: target.folder, goal, key });
  if (seal === null) return { replayed: NO_CASSETTE, seal };
  if (seal.kind === 'broken') return { replayed: { kind: 'cassette_corrupt', why: seal.why }, seal };
  return { replayed: await replayChecked(world, target.folder, made, gates), seal };
}

const sealLines = (seal: CassetteSeal | null): readonly string[] =>
  seal?.kind === 'not_signed' ? ['  the cassette is not signed: only that it makes the signed log is shown'] : [];

const levelLines = (level: Level): readonly string[] =>
  level === 'V1' ? [] : ['  not shown: base, gates of the base and trees, for which --base names a commit of a clone'];

const gatesLines = ({ level, gates }: Flags, { kind }: Replayed): readonly string[] =>
  level === 'V1' && gates === 'recorded' && kind === 'reproduced'
    ? ['  not shown: what the gates say here, as none was run']
    : [];

function withoutClone(error: unknown): never {
  if (!(error instanceof OmkError) || !['NOT_A_REPOSITORY', 'VERIFY_NO_BASE'].includes(error.code)) throw error;
  throw new OmkError(
    error.code,
    error.code === 'VERIFY_NO_BASE' ? error.message : `${error.message} V3 needs a clone that has the base`,
    'add --base <commit>, and --repo <clone> or run it there; without a clone: omk verify --replay <bundle> --level V0',
    { cause: error },
  );
}
