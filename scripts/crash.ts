/**
 * npm run crash [-- --kills 100 --faults 180 --applies 44 --jobs 2 --only kill|fault|apply --at 17]: ends omk at exact
 * points of a run and of apply, makes its disk fail at others, and looks at what comes of the goal after that.
 */
import { parseArgs } from 'node:util';
import { casesFor, countPoints, tryCase, type Case, type Kind, type Result } from './crash/cases.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    faults: { type: 'string', default: '180' },
    applies: { type: 'string', default: '44' },
    jobs: { type: 'string', default: '2' },
    only: { type: 'string' },
    at: { type: 'string' },
  },
});

const points = await countPoints();
console.log(
  `calls that change something: ${points.run} of a run, ${points.apply} of apply, ${points.merge} with --merge`,
);
const wanted: Record<Kind, number> = {
  kill: Number(values.kills),
  fault: Number(values.faults),
  apply: Number(values.applies),
};
const cases = casesFor(points, wanted).filter(
  (each) =>
    (values.only === undefined || each.kind === values.only) &&
    (values.at === undefined || each.injection.at === Number(values.at)),
);
const left = [...cases];
const results: Result[] = [];
await Promise.all(Array.from({ length: Number(values.jobs) }, worker));

for (const [title, kind] of [
  ['kill -9 of a run', 'kill'],
  ['disk errors in a run', 'fault'],
  ['kill -9 of apply', 'apply'],
] as const) {
  const all = results.filter(({ of }) => of.kind === kind);
  const count = (about: RegExp): number => all.filter(({ wrong }) => wrong.some((text) => about.test(text))).length;
  console.log(
    `${title.padEnd(22)} ${String(all.length).padStart(4)} points  ${count(/./)} wrong: ` +
      `${count(/^no proof/)} without a proof, ${count(/exit/)} wrong exits, ${count(/^raw/)} stacks, ` +
      `${count(/^the checkout|^git fsck/)} checkouts changed, ${count(/^stray/)} with strays`,
  );
}
process.exitCode = results.every(({ wrong }) => wrong.length === 0) ? 0 : 1;

async function worker(): Promise<void> {
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const result = await tryCase(next).catch((error: unknown): Result => broken(next, error));
    results.push(result);
    const { injection, merge } = result.of;
    const name =
      `${result.of.kind}${merge ? ' --merge' : ''} ${injection.how}${injection.lasting ? ' lasting' : ''} ` +
      `at ${String(injection.at)}`;
    if (result.wrong.length > 0) console.log(`WRONG ${name}, ${result.point}\n      ${result.wrong.join('\n      ')}`);
    if (results.length % 20 === 0) console.log(`${results.length} of ${cases.length}`);
  }
}

function broken(of: Case | undefined, error: unknown): Result {
  if (of === undefined) throw error;
  return { of, point: '', wrong: [`the rig failed: ${String(error)}`] };
}
