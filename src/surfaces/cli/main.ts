import { guardStreams } from './output/streams.ts';

guardStreams();
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.once(event, (error: unknown) => {
    // What explains it may be gone too, as while omk is updated: then Node's own words and exit code 1.
    void unexpected(error).catch(() => {
      throw error;
    });
  });

/** What nobody handled: one sentence where it has one, else a bug with what is needed to report it. */
async function unexpected(error: unknown): Promise<void> {
  const [{ fail }, { openOutput }] = await Promise.all([import('./output/fail.ts'), import('./output/print.ts')]);
  process.exit(fail(error, openOutput(process.argv.includes('--json'))));
}

/** `omk goal status` as it is asked again and again, by people and prompts: read without the parser, which is half of its time. */
function plainStatus(args: readonly string[]): { readonly name: string; readonly json: boolean } | null {
  const [goal, status, ...rest] = args;
  const names = rest.filter((each) => each !== '--json');
  if (
    goal !== 'goal' ||
    status !== 'status' ||
    names.length > 1 ||
    rest.length - names.length > 1 ||
    names.some((each) => each.startsWith('-'))
  )
    return null;
  return { name: names[0] ?? 'latest', json: rest.length > names.length };
}

const asked = plainStatus(process.argv.slice(2));
if (asked) await (await import('./quick-status.ts')).quickStatus(asked);
else await (await import('./program.ts')).runProgram();
