import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { firstLink, sealEntry, type Entry } from '../../replay/cassette/tape.ts';
import { placesOf } from '../../replay/cassette/places.ts';
import type { CassetteWriter } from '../../world/cassette/port.ts';
import { inShort } from './in-short.ts';
import { Schedule } from './schedule.ts';
import { Turns, atRest } from './turns.ts';
import { EntryWriter } from './writer.ts';

const CALL: Entry = { t: 'now', k: 'clock.now', r: 1 };

function written(room: number, file: Partial<CassetteWriter> = {}) {
  const lines: string[] = [];
  const kept: string[] = [];
  const cuts: string[] = [];
  let isClosed = false;
  const writer = new EntryWriter(
    {
      run: 1,
      append: (line) => void lines.push(line),
      keep: (sha256, content) => {
        kept.push(sha256);
        return content.length;
      },
      close: () => (isClosed = true),
      ...file,
    },
    { goal: 'g', places: placesOf({ home: '/home/mé', root: '/r/x' }), room, onCut: (why) => void cuts.push(why) },
  );
  const entries = (): readonly Entry[] => lines.map((line) => JSON.parse(line.slice(line.indexOf(' ') + 1)));
  return { writer, lines, entries, kept, cuts, isClosed: () => isClosed };
}

suite('a cassette is written', () => {
  test('as a chain: each line names all before it, and the last one says that it ended', () => {
    const { writer, lines, entries, isClosed } = written(1e6);
    writer.write(CALL);
    writer.close();
    assert.deepEqual(entries(), [CALL, { t: 'end' }]);
    const first = sealEntry(firstLink('g', 1), CALL);
    assert.deepEqual(lines, [first.line, sealEntry(first.link, { t: 'end' }).line]);
    assert.equal(isClosed(), true);
  });

  test('until there is no room: then it says so once, and writes nothing more', () => {
    const { writer, entries, cuts, isClosed } = written(60);
    for (let index = 0; index < 9; index += 1) writer.write(CALL);
    writer.close();
    assert.equal(entries().at(-1)?.t, 'cut');
    assert.equal(entries().filter(({ t }) => t === 'cut').length, 1);
    assert.deepEqual(cuts, ['it would be larger than [replay] max_size']);
    assert.equal(isClosed(), true);
  });

  test('a disk that is full cuts it, and stops no work', () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    const failing = written(1e6, {
      append: () => {
        throw full;
      },
    });
    failing.writer.write(CALL);
    failing.writer.write(CALL);
    assert.equal(failing.cuts.length, 1);
    assert.match(failing.cuts[0] ?? '', /space/);
  });

  test('bytes keep the paths that they name, each of which is told once, and others are not', () => {
    const { writer, entries } = written(1e6);
    assert.equal(writer.text('in /home/mé and /r/x'), 'in ${omk:home} and ${omk:root}');
    for (const text of ['nothing', 'in /home/mé/x', 'again /home/mé']) writer.bytes(Buffer.from(text));
    assert.deepEqual(entries(), [{ t: 'place', word: 'home', path: '/home/mé' }]);
  });

  test('long texts, bytes and results are content by their digest, the same one once', () => {
    const { writer, kept } = written(1e6);
    const long = 'x'.repeat(600);
    assert.equal(writer.text('short'), 'short');
    assert.deepEqual(writer.text(long), writer.text(long));
    assert.deepEqual(writer.bytes(Buffer.from('ab')), { $: 'bytes', v: 'YWI=' });
    assert.notEqual(JSON.stringify(writer.bytes(Buffer.from(long))), JSON.stringify(writer.text(long)), 'another mark');
    const list = Array.from({ length: 2000 }, (_, index) => index);
    assert.deepEqual(writer.result([1, 2]), [1, 2]);
    assert.equal(Reflect.get(Object(writer.result(list)), '$'), 'json');
    assert.equal(kept.length, 2, 'text and bytes are the same content');
  });

  test('content for which there is no room cuts it too', () => {
    const { writer, entries, kept } = written(100);
    writer.bytes(Buffer.alloc(5000));
    assert.deepEqual(kept, []);
    assert.deepEqual(
      entries().map(({ t }) => t),
      ['cut'],
    );
  });
});

test('what the log and the blobs hold is not written again', () => {
  assert.equal(inShort('store.append', { kind: 'appended', events: [1] }), 'appended');
  assert.equal(inShort('store.append', null), null);
  assert.equal(inShort('store.read', [1, 2, 3]), 3);
  assert.deepEqual([inShort('store.getBlob', null), inShort('store.getBlob', Buffer.from('a'))], [false, true]);
  assert.deepEqual([inShort('store.foresee', null), inShort('store.foresee', [])], [false, true]);
  assert.equal(inShort('git.tip', 'x'), null, 'all else is written as it is');
});

suite('what was recorded is handed over', () => {
  const done = (k: string, n: number, r: string | number = ''): Entry => ({ t: 'done', k, n, r });
  const tape = (...entries: readonly Entry[]) =>
    new Schedule({
      opening: { t: 'open', v: 3, goal: 'g', from: 0, omk: '', node: '', machine: '', places: null, doors: null },
      entries,
    });
  const key = (entry: { readonly t: string } | null) => (entry && 'k' in entry ? entry.k : null);

  test('in the order in which it was, as far as it is waited for', () => {
    const schedule = tape(done('a', 1), done('b', 1), { t: 'end' });
    assert.equal(key(schedule.next((entry) => key(entry) === 'b')), 'b', 'nothing that was asked is held up');
    assert.equal(key(schedule.next(() => true)), 'a');
    assert.equal(
      schedule.next(() => true),
      null,
    );
    assert.equal(schedule.isWhole, true);
  });

  test('but nothing from behind an append that is not due', () => {
    const schedule = tape(done('store.append', 1, 'appended'), done('b', 1));
    assert.equal(
      schedule.next((entry) => key(entry) === 'b'),
      null,
    );
    assert.equal(key(schedule.next(() => true)), 'store.append');
    assert.equal(key(schedule.next((entry) => key(entry) === 'b')), 'b');
    assert.deepEqual(schedule.left(), []);
  });

  test('an append that was not written holds nothing up', () => {
    const schedule = tape(done('store.append', 1, 'conflict'), done('b', 1));
    assert.equal(key(schedule.next((entry) => key(entry) === 'b')), 'b');
    assert.deepEqual(schedule.left().map(key), ['store.append']);
  });

  test('answers at once come one after the other, and the last one again', () => {
    const schedule = tape({ t: 'now', k: 'clock.now', r: 1 }, { t: 'now', k: 'clock.now', r: 2 });
    assert.deepEqual(
      [1, 2, 3].map(() => schedule.now('clock.now')),
      [1, 2, 2],
    );
    assert.equal(schedule.now('clock.random'), undefined, 'what was never asked has no answer');
    assert.equal(schedule.isAtOnce('clock.now'), true);
  });

  test('a recording that broke off, or was cut, is not whole', () => {
    assert.deepEqual([tape(CALL).isWhole, tape(CALL).cut], [false, null]);
    const cut = tape(CALL, { t: 'cut', why: 'no room' });
    assert.deepEqual([cut.isWhole, cut.cut], [false, 'no room']);
  });
});

test('one thing is handed over when all that the one before led to has come to rest', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const step = (name: string) => () => {
    order.push(name);
    queueMicrotask(() => order.push(`after ${name}`));
  };
  turns.add(step('one'));
  turns.add(step('two'));
  assert.deepEqual(order, [], 'not within the call');
  await atRest();
  await atRest();
  await atRest();
  assert.deepEqual(order, ['one', 'after one', 'two', 'after two']);
});
