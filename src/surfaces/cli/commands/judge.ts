import { StopRequest } from '../../../app/use/stop-request.ts';
import { expectationOf } from '../../../app/judge/asked.ts';
import { judge, type JudgeNotice, type JudgeRequest } from '../../../app/judge/judge.ts';
import { OmkError } from '../../../domain/error.ts';
import { printJson, type Output } from '../output/print.ts';
import { onLost } from '../output/streams.ts';
import { progressLine } from '../text/judge-progress.ts';
import { judgeText } from '../text/judge.ts';
import { judgeMarkdown } from '../text/judge-markdown.ts';
import type { JudgeFlags } from './judge-flags.ts';

/** `omk judge`. Returns the exit code of the verdict. */
export async function judgeCommand(range: string | undefined, flags: JudgeFlags, output: Output): Promise<number> {
  if (flags.hook !== undefined) {
    const { formatOf: hookFormat, hookCommand } = await import('./judge-hook.ts');
    return hookCommand(hookFormat(flags.hook), flags, () => hookRequest(range, flags), output);
  }
  const format = formatOf(flags);
  requireCommit(range, flags);
  requireNoHook(flags);
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(130);
    output.err('stopping; press Ctrl-C again to quit now');
    stop.abort(new StopRequest(name === 'SIGHUP' ? 'the terminal was closed' : 'stopped by the user'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  try {
    const notify = (notice: JudgeNotice): void => {
      const line = format === 'json' ? null : progressLine(notice);
      if (line !== null) output.err(line);
    };
    const result = await judge({ ...requestOf(range, flags), signal: stop.signal, notify, onLost });
    if (format === 'json') printJson(output, result);
    else for (const line of format === 'md' ? judgeMarkdown(result) : judgeText(result)) output.out(line);
    if (flags.openPr === undefined || result.exit !== 0) return result.exit;
    const { openPr } = await import('./goal/open-pr.ts');
    const asked = {
      ...(flags.draft ? { draft: true as const } : {}),
      ...(flags.proof === false ? { proof: false } : {}),
    };
    return await openPr(result.goal, asked, output);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
  }
}

/** A pull request shows commits, and its title says what they are for. */
function requireCommit(range: string | undefined, { openPr, pr, goal, draft, proof }: JudgeFlags): void {
  if (openPr === undefined) {
    if (draft === undefined && proof !== false) return;
    throw new OmkError('FLAG_INVALID', `${draft ? '--draft' : '--no-proof'} belongs to --open-pr`, 'add --open-pr');
  }
  if (range === undefined || pr !== undefined)
    throw new OmkError('FLAG_INVALID', '--open-pr delivers commits: name them', 'omk judge main..HEAD --open-pr');
  if (goal === undefined)
    throw new OmkError('FLAG_INVALID', '--open-pr needs a title', '--goal "<what the change is for>"');
}

function requireNoHook({ rounds, timeLimit }: JudgeFlags): void {
  if (rounds === undefined && timeLimit === undefined) return;
  const flag = rounds === undefined ? '--time-limit' : '--rounds';
  throw new OmkError('FLAG_INVALID', `${flag} belongs to --hook`, 'add --hook <agent>, or leave it out');
}

/** Of the working tree, always. */
function hookRequest(range: string | undefined, flags: JudgeFlags): JudgeRequest {
  if (
    range === undefined &&
    flags.staged === undefined &&
    flags.tree === undefined &&
    flags.pr === undefined &&
    flags.openPr === undefined &&
    flags.format === undefined &&
    !flags.json
  )
    return requestOf(undefined, flags);
  throw new OmkError(
    'FLAG_INVALID',
    '--hook judges the working tree and answers in the format of the agent',
    'leave out the range, --staged, --tree, --pr, --open-pr, --format and --json',
  );
}

function requestOf(range: string | undefined, flags: JudgeFlags): JudgeRequest {
  const change = changeOf(range, flags);
  return {
    ...(change === null ? {} : { change }),
    ...(flags.base === undefined ? {} : { base: flags.base }),
    ...(flags.goal === undefined ? {} : { goal: flags.goal }),
    ...(flags.heldOut === undefined ? {} : { heldOut: flags.heldOut }),
    ...(flags.heldOutWrong === undefined ? {} : { heldOutWrong: flags.heldOutWrong }),
    expect: expectationOf(flags.expect ?? 'no-regression'),
    checks: flags.check ?? [],
    knownRed: flags.knownRed ?? [],
    accept: flags.accept ?? [],
    cache: flags.cache !== false,
    baseline: baselineOf(flags.baseline ?? 'twice'),
  };
}

type Change = NonNullable<JudgeRequest['change']>;

function changeOf(range: string | undefined, { staged, tree, pr }: JudgeFlags): Change | null {
  const named = [range, staged, tree, pr].filter((each) => each !== undefined);
  if (named.length > 1)
    throw new OmkError(
      'CHANGE_TWICE',
      'More than one change is named',
      'a range, --staged, --tree or --pr, and only one of them',
    );
  if (staged) return { staged: true };
  if (pr !== undefined) return { pullRequest: pr };
  return tree === undefined ? (range ?? null) : { tree };
}

function baselineOf(text: string): 'once' | 'twice' {
  if (text === 'once' || text === 'twice') return text;
  throw new OmkError('FLAG_INVALID', `--baseline must be once or twice, not '${text}'`, '--baseline once');
}

function formatOf({ format, json }: JudgeFlags): 'text' | 'md' | 'json' {
  if (json) return 'json';
  if (format === undefined || format === 'text') return 'text';
  if (format === 'md' || format === 'json') return format;
  throw new OmkError('FLAG_INVALID', `--format must be text, md or json, not '${format}'`, '--format md');
}
