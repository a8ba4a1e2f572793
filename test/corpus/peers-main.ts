import { BEHAVIOURS } from './behaviours.ts';
import { absent, isWrong, play, renderPeers, TOOLS, type Column, type End } from './peers.ts';

/** `npm run honesty -- --peers`: what omk and the installed tools beside it say of six ways to look done. Exit code 1: omk was wrong. */
export async function runPeers(): Promise<number> {
  const skipped = TOOLS.flatMap((tool) => {
    const why = absent(tool);
    return why === null ? [] : [{ tool: tool.name, why }];
  });
  const columns: Column[] = [];
  for (const tool of TOOLS.filter((each) => absent(each) === null)) {
    const ends: End[] = [];
    for (const behaviour of BEHAVIOURS) {
      const end = await play(tool, behaviour);
      ends.push(end);
      process.stderr.write(`${tool.name}: ${behaviour.name}: ${end}\n`);
    }
    columns.push({ tool: tool.name, ends });
  }
  process.stdout.write(`${renderPeers(BEHAVIOURS, columns, skipped)}\n`);
  const own = columns.filter(({ tool }) => tool.startsWith('omk '));
  const fine = own.every(({ ends }) => BEHAVIOURS.every((each, index) => !isWrong(each, ends[index] ?? 'broken')));
  return fine && own.every(({ ends }) => !ends.includes('broken')) ? 0 : 1;
}
