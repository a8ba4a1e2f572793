import { systemClock } from '../../../app/time.ts';
import { StopRequest } from '../../../app/use/stop-request.ts';
import { HOOK_FORMATS, answerOf, type HookFormat } from '../../../domain/hooks/answer.ts';
import type { StopDecision } from '../../../domain/hooks/decide.ts';
import { readHookInput, type HookInput } from '../../../domain/hooks/input.ts';
import { OmkError } from '../../../domain/error.ts';
import type { JudgeRequest } from '../../../app/judge/judge.ts';
import type { Output } from '../output/print.ts';
import { decideAtStop, startSession } from '../../../app/hook/stop.ts';
import { unableOf } from '../../../app/hook/unable.ts';
import { stopVerdict } from '../hook/verdict.ts';
import type { JudgeFlags } from './judge-flags.ts';
import { currentFolder, environment } from '../../../app/here.ts';

const ROUNDS = 3;
/** Below the ten minutes that `omk hooks install` gives a hook. */
const SECONDS = 540;
/** What ending a judgement may take before the answer is given without it. */
const GRACE_MS = 30_000;
/** omk judges what its own agents do; their hooks need not. */
const OWN_AGENT = 'OMK_ATTEMPT';

/**
 * `omk judge --hook`: the answer of a stop hook. Whatever fails, the agent may stop and the person is told: an exit code or an answer
 * that holds an agent is given only for a change that was judged.
 */
export async function hookCommand(
  format: HookFormat,
  flags: JudgeFlags,
  request: () => JudgeRequest,
  output: Output,
): Promise<number> {
  const print = (decision: StopDecision): number => {
    const { out, err, exit } = answerOf(format, decision);
    if (out !== null) output.out(out);
    if (err !== null) output.err(err);
    return exit;
  };
  const unable = (error: unknown): number => print({ kind: 'allow', told: unableOf(error).told });
  const stop = new AbortController();
  const end = (why: string) => (): void => stop.abort(new StopRequest(why));
  const onSignal = end('the agent ended its hook');
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  const timers: (() => void)[] = [];
  try {
    if (environment()[OWN_AGENT] !== undefined) return print({ kind: 'allow', told: null });
    const seconds = count('--time-limit', flags.timeLimit, SECONDS);
    timers.push(
      systemClock.after(seconds * 1000, end(`${seconds} seconds were not enough`)),
      systemClock.after(seconds * 1000 + GRACE_MS, () => process.exit(unable(late(seconds)))),
    );
    const most = count('--rounds', flags.rounds, ROUNDS);
    const input = readHookInput(await standardInput());
    const asked = {
      format,
      input,
      most,
      env: environment(),
      now: systemClock.now(),
      signal: stop.signal,
      describe: stopVerdict,
      request: { ...request(), repository: folderOf(input) },
    };
    if (input.event === 'stop') return print(await decideAtStop(asked));
    if (input.event === 'start') await startSession(asked);
    return print({ kind: 'allow', told: null });
  } catch (error) {
    return unable(error);
  } finally {
    for (const cancel of timers) cancel();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
  }
}

/** `OmkError` `FLAG_INVALID`. */
export function formatOf(text: string): HookFormat {
  const found = HOOK_FORMATS.find((each) => each === text);
  if (found) return found;
  throw new OmkError('FLAG_INVALID', `--hook must be ${HOOK_FORMATS.join(', ')}, not '${text}'`, '--hook generic', {
    // To every agent 2 is the order to go on.
    exit: 1,
  });
}

/** The agent may have gone to another folder; the project stays. */
const folderOf = ({ folder }: HookInput): string =>
  environment()['CLAUDE_PROJECT_DIR'] ?? environment()['GEMINI_PROJECT_DIR'] ?? folder ?? currentFolder();

function count(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,5}$/u.test(text) && Number(text) > 0) return Number(text);
  throw new OmkError('FLAG_INVALID', `${flag} must be a whole number above 0, not '${text}'`, `${flag} ${otherwise}`);
}

const late = (seconds: number): OmkError =>
  new OmkError(
    'HOOK_TOO_LATE',
    `It did not end within ${seconds} seconds`,
    'omk judge by hand; --time-limit <seconds>',
  );

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
