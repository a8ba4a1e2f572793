process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

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
