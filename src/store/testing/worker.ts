// A process of its own for the whole-process tests: `worker.ts <job> <stateDir> <id> <count> <goal>…`.
// It writes one line per acknowledged append, at once, so that a kill cannot lose what was acknowledged.
import { writeSync } from 'node:fs';
import { openStore } from '../open.ts';
import type { Store } from '../port.ts';
import { event, summary } from './fixtures.ts';

const [job = '', stateDir = '', id = '', count = '', ...goals] = process.argv.slice(2);
const say = (...words: readonly (string | number)[]): number => writeSync(1, `${words.join(' ')}\n`);

/** Reads, then appends what depends on what was read; goes round again when somebody was faster. */
async function appendOne(store: Store, goal: string, text: string): Promise<void> {
  for (let conflicts = 0; ; conflicts += 1) {
    const { length } = await store.read(goal);
    const result = await store.append(goal, length, [event(text)], summary(goal));
    if (result.kind === 'appended') return void say('ack', goal, text, conflicts);
  }
}

const store = await openStore({ stateDir, clock: { now: () => Date.now() } });
say('open');
if (job === 'append') {
  for (let n = 0; n < Number(count); n += 1) {
    for (const goal of goals) await appendOne(store, goal, `${id}-${n}`);
  }
} else {
  say((await store.lease(goals[0] ?? '')).kind);
  // Stays until it is killed, or until the test that started it is gone.
  process.stdin.resume().on('end', () => process.exit(0));
  await new Promise<never>(() => {});
}
await store.close();
