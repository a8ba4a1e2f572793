import { openOutput, type Output } from './output/print.ts';

/** A command's work: gets the output, returns the exit code. */
export type Action = (output: Output) => Promise<number>;

/** Runs an action and turns its result or failure into the exit code. */
export async function act(json: boolean | undefined, action: Action): Promise<void> {
  const output = openOutput(json === true);
  try {
    process.exitCode = await action(output);
  } catch (error) {
    const { fail } = await import('./output/fail.ts');
    process.exitCode = fail(error, output);
  }
}
