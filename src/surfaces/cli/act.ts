import { openOutput, type Output } from './output/print.ts';
import { lostOutput } from './output/streams.ts';

/** A command's work: gets the output, returns the exit code. */
export type Action = (output: Output) => Promise<number>;

interface ActOptions {
  /** The exit code is what was decided, whoever reads the output. */
  readonly decides?: true;
}

export type Act = typeof act;

/** Runs an action and turns its result or failure into the exit code. */
export async function act(json: boolean | undefined, action: Action, options: ActOptions = {}): Promise<void> {
  const output = openOutput(json === true);
  try {
    const exit = await action(output);
    process.exitCode = exit;
    if (exit === 0 && options.decides !== true) await needsOutput();
  } catch (error) {
    const { fail } = await import('./output/fail.ts');
    process.exitCode = fail(error, output);
  }
}

/** What was asked for is the output. A reader that has enough is no failure. */
async function needsOutput(): Promise<void> {
  // A failed write is told in a later turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  const lost = lostOutput('stdout');
  if (lost === null || lost.code === 'EPIPE') return;
  const { OmkError } = await import('../../domain/error.ts');
  throw new OmkError(
    'OUTPUT_LOST',
    `Standard output could not be written (${lost.code}); whatever else was asked for is done`,
    'make room, or write it elsewhere, and run the command again',
    { exit: 6 },
  );
}
