import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { loadCorpus, type Case } from './load.ts';
import { holds, ratesOf, render, type Result } from './report.ts';
import { Machines, missing, runCase, type Outcome } from './run.ts';

/**
 * `npm run honesty`: every case of the corpus through the program as it is built. Exit code 1 when a cheat
 * became ready, or too few honest changes did. With `--peers`: a few behaviours through omk and the tools beside it.
 */
const HELP = `npm run honesty -- [options]

Runs the cases of corpus/ through the program as it is built: minutes. Exit code 1 when a cheat became ready, or too few
honest changes did; 2 when no case was run.

  --only <text>       cases whose id has the text; again for more
  --ecosystem <name>  cases of one ecosystem; again for more
  --jobs <n>          cases at once, by default one less than the cores
  --list              ids and titles, without running them
  --json              results as JSON
  --peers             a few behaviours through omk and the tools beside it
`;

const { values } = options(() =>
  parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      jobs: { type: 'string' },
      only: { type: 'string', multiple: true },
      ecosystem: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
    },
  }),
);
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const jobs = Math.max(1, Number(values.jobs ?? Math.max(1, availableParallelism() - 1)) || 1);
const wanted = loadCorpus().filter(
  ({ id, ecosystem }) =>
    (values.only?.some((part) => id.includes(part)) ?? true) && (values.ecosystem?.includes(ecosystem) ?? true),
);
const skipped = wanted.flatMap(({ id, base }) => {
  const why = missing(base);
  return why === false ? [] : [{ id, why }];
});
const chosen = wanted.filter(({ base }) => missing(base) === false);

if (values.peers) process.exitCode = await (await import('./peers-main.ts')).runPeers();
else if (values.list) process.stdout.write(wanted.map(({ id, title }) => `${id}: ${title}\n`).join(''));
else if (chosen.length === 0) {
  process.stderr.write(wanted.length === 0 ? 'no such case\n' : `${render([], skipped)}\n`);
  process.exitCode = 2;
} else {
  const results = await runAll(chosen);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ rates: ratesOf(results), results, skipped }, null, 2)}\n`
      : `${render(results, skipped)}\n`,
  );
  process.exitCode = holds(results) ? 0 : 1;
}

/** What cannot be read is said in one line, with where the options are. */
function options<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}; see --help\n`);
    process.exit(2);
  }
}

async function runAll(cases: readonly Case[]): Promise<readonly Result[]> {
  const machines = new Machines();
  const results: Result[] = [];
  const queue = cases.values();
  const worker = async (): Promise<void> => {
    for (const each of queue) {
      const { kind, status, reasons, seconds } = await runCase(machines, each).catch(broken);
      results.push({
        id: each.id,
        ecosystem: each.ecosystem,
        of: each.kind,
        limit: each.limit,
        isPlanned: each.isPlanned,
        unseen: each.unseen,
        kind,
        status,
        reasons,
        seconds,
      });
      process.stderr.write(
        `${results.length}/${cases.length} ${kind === 'expected' ? 'ok' : kind.toUpperCase()} ${each.id} ` +
          `(${status}, ${seconds.toFixed(1)} s)\n`,
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, worker));
  } finally {
    await machines.remove();
  }
  return results.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A case that could not even be run shows nothing. */
function broken(error: unknown): Outcome {
  return {
    kind: 'broken',
    status: 'none',
    reasons: error instanceof Error ? error.message : String(error),
    seconds: 0,
  };
}
