import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Entry } from '../../replay/cassette/tape.ts';
import { Turns } from './turns.ts';
import { Wrapper } from './wrap.ts';
import { EntryWriter } from './writer.ts';

function recording<T extends object>(doors: T) {
  const entries: Entry[] = [];
  const file = {
    run: 1,
    append: (line: string) => void entries.push(JSON.parse(line.slice(line.indexOf(' ') + 1))),
    keep: () => 0,
    close: () => undefined,
  };
  const writer = new EntryWriter(file, { goal: 'g', places: [], room: 1e6, onCut: () => undefined });
  const wrapper = new Wrapper(writer, new Turns(), []);
  return { entries, wrapper, world: wrapper.wrap(doors, '') };
}

const said = (entries: readonly Entry[]) => entries.map((entry) => [entry.t, 'r' in entry ? entry.r : null]);

suite('what comes from a door', () => {
  test('is written in the order in which it came, whatever was asked first', async () => {
    const first = Promise.withResolvers<string>();
    const { entries, world } = recording({ git: { slow: () => first.promise, fast: async () => 'fast' } });
    const slow = world.git.slow();
    assert.equal(await world.git.fast(), 'fast');
    first.resolve('slow');
    assert.equal(await slow, 'slow');
    assert.deepEqual(said(entries), [
      ['done', 'fast'],
      ['done', 'slow'],
    ]);
  });

  test('and is a failure is written, and reaches who asked as it is', async () => {
    const failure = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const { entries, world } = recording({ files: { write: () => Promise.reject(failure) } });
    await assert.rejects(world.files.write(), (error) => error === failure);
    assert.equal(entries[0]?.t, 'failed');
  });

  test('after the recording ended goes on to who asked, and is not written', async () => {
    const late = Promise.withResolvers<string>();
    const { entries, world, wrapper } = recording({ git: { tip: () => late.promise, now: () => 1 } });
    const asked = world.git.tip();
    wrapper.end();
    late.resolve('late');
    assert.deepEqual([await asked, world.git.now(), entries], ['late', 1, []]);
  });

  test('once it was told to end is not handed over any more', async () => {
    const tells: ((what: string) => unknown)[] = [];
    const stopped: string[] = [];
    const doors = {
      store: {
        subscribe: (tell: (what: string) => unknown) => {
          tells.push(tell);
          return () => void stopped.push('stopped');
        },
      },
    };
    const { entries, world } = recording(doors);
    const heard: string[] = [];
    const stop = world.store.subscribe((what) => heard.push(what));
    await tells[0]?.('one');
    const two = tells[0]?.('two');
    stop();
    await two;
    assert.deepEqual([heard, stopped], [['one'], ['stopped']]);
    assert.equal(entries.filter(({ t }) => t === 'back').length, 1);
  });
});

test('a door is given what is behind a wrapped object, so that it finds there what it made', async () => {
  const made = { dir: '/v', tip: async () => 'x' };
  const given: unknown[] = [];
  const doors = { git: { open: async () => made, use: async (request: object) => void given.push(request) } };
  const { world } = recording(doors);
  const vault = await world.git.open();
  assert.notEqual(vault, made);
  await world.git.use({ vault });
  assert.equal(Reflect.get(Object(given[0]), 'vault'), made);
});
