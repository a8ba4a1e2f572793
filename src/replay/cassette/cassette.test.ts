import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { OmkError } from '../../domain/error.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { keyOf } from './key.ts';
import { formerPlacesOf, isSameButPlaces, placesOf, unknownPlace, withPaths, withWords } from './places.ts';
import { CASSETTE_VERSION, firstLink, readTape, sealEntry, type Entry } from './tape.ts';
import { Unplayable } from './unplayable.ts';

/** What a door may give, written and read again. */
function again(value: unknown): unknown {
  const content = new Map<string, Uint8Array>();
  const keep = (mark: string, bytes: Uint8Array) => {
    content.set(sha256Hex(bytes), bytes);
    return { $: mark, v: sha256Hex(bytes) };
  };
  const written = JSON.stringify(
    encode(value, {
      text: (text) => (text.length > 20 ? keep('text', Buffer.from(text)) : text),
      bytes: (bytes) => keep('content', bytes),
      named: () => null,
    }),
  );
  return decode(JSON.parse(written), 'a door', {
    text: (text) => text,
    content: (name) => content.get(name) ?? assert.fail(),
    call: (path) => () => path,
    each: () => assert.fail(),
    name: (_path, object) => object,
    named: () => assert.fail(),
  });
}

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  // JSON knows no zero below zero, and nothing depends on one.
  fc.double().map((number) => (number === 0 ? 0 : number)),
  fc.bigInt(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('any')),
    fc.dictionary(fc.constantFrom('a', '$', 'v', 'kind'), tie('any'), { noNullPrototype: true }),
    fc.array(fc.tuple(fc.string(), tie('any'))).map((pairs) => new Map(pairs)),
    fc.array(fc.string()).map((each) => new Set(each)),
  ),
})).any;

test('for a path that a replay does not know, the log may have any, and nothing else', () => {
  const home = unknownPlace('5eed', 'home');
  const state = unknownPlace('5eed', 'state');
  const places = placesOf({ home, state, root: '/r' });
  const is = (made: string, there: string): boolean => isSameButPlaces(made, there, places);
  assert.ok(is(`{"a":"${home}/x","b":"in ${home}."}`, '{"a":"/home/me/x","b":"in /home/me."}'));
  assert.ok(
    is(`{"a":"${home}/x/x/x","b":"${home}/x"}`, '{"a":"/m/x/x/x/x","b":"/m/x/x"}'),
    'an end further on is tried',
  );
  assert.ok(is(`"${home}/x ${state}/x ${home}/x"`, '"/m/x/x /s/x /m/x/x"'));
  assert.ok(is(`"${home}/x"`, '"/omk/recorded/5eed/home/x"'), 'a path like any other');
  assert.ok(!is(`"${home}"${'/ '.repeat(9)}`, `"${'/'.repeat(9999)}`), 'no text takes long');
  for (const [made, there] of [
    [`{"a":"${home}/x","b":"${home}/x"}`, '{"a":"/m/x","b":"/n/x"}'],
    [`"${home}/x"`, '"/home/me/y"'],
    [`"${home}/x"`, '"x/x"'],
    [`"${home}/x"`, '"/a","b/x"'],
    [`"${home}/x"`, '"/x"'],
    ['"/r/x"', '"/home/me/x"'],
    [`"a ${home}"`, '"b /home/me"'],
  ] as const)
    assert.ok(!is(made, there), `${made} and ${there}`);
});

test('cassettes of format 2 find no path before a full stop, as they were written', () => {
  assert.equal(withWords('in /r. and /r/x', formerPlacesOf({ root: '/r' })), 'in /r. and ${omk:root}/x');
});

describe('what a door gave', () => {
  test('property: it is read as it was written', () => {
    fc.assert(fc.property(value, (given) => assert.deepEqual(again(given), given)));
  });

  test('a failure keeps its sentence, a list of secrets only its length, and what can be called its name', () => {
    const error = again(new OmkError('DISK_FULL', 'full', 'free some space', { exit: 6 }));
    assert.ok(error instanceof OmkError);
    assert.deepEqual([error.code, error.message, error.fix, error.exit], ['DISK_FULL', 'full', 'free some space', 6]);
    assert.deepEqual(again({ secrets: ['hunter2!'] }), { secrets: ['[redacted]'] });
    const supplies = again({ dir: 'x', place: () => 1 });
    assert.ok(typeof supplies === 'object' && supplies !== null && 'place' in supplies);
    assert.equal(typeof supplies.place === 'function' && supplies.place(), 'a door.place');
  });

  test('numbers that JSON cannot write come back, and a failure with a code that no omk knows is no error of omk', () => {
    assert.deepEqual(again([NaN, Infinity, -Infinity]), [NaN, Infinity, -Infinity]);
    const foreign = again(Object.assign(new Error('odd'), { code: 'ENOENT', fix: 'none' }));
    assert.ok(foreign instanceof Error && !(foreign instanceof OmkError) && 'code' in foreign);
    assert.deepEqual([foreign.code, foreign.message], ['ENOENT', 'odd']);
  });

  test('paths of a machine are words, and come back as those of another', () => {
    const here = placesOf({ state: '/home/me/.state/omk', root: '/home/me' });
    const there = placesOf({ state: '/s', root: '/r' });
    const written = withWords('/home/me/.state/omk/vaults beside /home/me/x', here);
    assert.equal(withPaths(written, there), '/s/vaults beside /r/x');
    const inner = placesOf({ root: '/home/me', state: '/home/me/.state/omk' });
    assert.equal(withWords('/home/me/.state/omk/x', inner), '${omk:state}/x', 'the longest path first');
    assert.equal(withWords('a / b', placesOf({ root: '/' })), 'a / b', 'the root of all files is no place');
    const word = 'a ${omk:root} of a source, and ${omk:}';
    assert.equal(withPaths(withWords(word, here), there), word, 'what only looks like a word stays');
    const key = (places: typeof here, text: string): string =>
      keyOf('door.ask', [Buffer.from(text)], { places, named: () => null });
    assert.equal(key(here, 'in /home/me/x'), key(there, 'in /r/x'), 'bytes are asked for alike');
    assert.equal(key(placesOf({ root: '/h/é' }), 'ü /h/é/x'), key(there, 'ü /r/x'), 'whatever letters the path has');
    assert.equal(key(formerPlacesOf({ root: '/r' }), 'in /r/x'), key([], 'in /r/x'), 'of format 2 as they are');
    const short = placesOf({ root: '/src' });
    assert.equal(withWords('a/src/b in /src/b, not /srcs', short), 'a/src/b in ${omk:root}/b, not /srcs');
  });
});

test('a question has one key, in whatever order its members are', () => {
  const key = (asked: object): string => keyOf('git.show', [asked], { named: () => null, places: [] });
  assert.equal(key({ tree: 't', path: 'p' }), key({ path: 'p', tree: 't' }));
  assert.notEqual(key({ tree: 't', path: 'p' }), key({ path: 't', tree: 'p' }));
});

describe('the text of an execution', () => {
  const entries: readonly Entry[] = [
    {
      t: 'open',
      v: CASSETTE_VERSION,
      goal: 'g-1',
      from: 3,
      omk: '1',
      node: '26',
      machine: 'linux',
      places: {},
      doors: {},
    },
    { t: 'now', k: 'clock.now', r: 1 },
    { t: 'done', k: 'gates.run:0123456789abcdef', n: 0, r: { verdict: 'pass' } },
    { t: 'end' },
  ];
  const textOf = (list: readonly Entry[]): string =>
    list.reduce(
      ({ all, link }, entry) => {
        const next = sealEntry(link, entry);
        return { all: all + next.line, link: next.link };
      },
      { all: '', link: firstLink('g-1', 1) },
    ).all;
  const text = textOf(entries);

  test('is read as it was written, and without the half line of a process that was killed', () => {
    assert.deepEqual(readTape(text, 'g-1', 1)?.entries, entries.slice(1));
    const killed = textOf(entries.slice(0, -1));
    assert.deepEqual(readTape(`${killed}0123 {"t":"do`, 'g-1', 1)?.entries, entries.slice(1, -1));
    assert.throws(() => readTape(`${text}0123 {"t":"do`, 'g-1', 1), /line 5 is not what was written/, 'after its end');
  });

  test('says what cannot be played: cut off at once, without its beginning, of another format; and nothing of none', () => {
    const played = (...list: readonly Entry[]) => readTape(textOf(list), 'g-1', 1);
    const refused = (kind: Unplayable['kind'], message: RegExp) => (error: unknown) =>
      error instanceof Unplayable && error.kind === kind && message.test(error.message);
    const [opening, ...rest] = entries;
    assert.ok(opening?.t === 'open');
    assert.throws(() => played({ t: 'cut', why: 'full' }), refused('not_replayable', /cut off: full/));
    assert.throws(() => played(...rest), refused('cassette_corrupt', /no beginning/));
    assert.throws(() => played({ ...opening, v: CASSETTE_VERSION + 1 }), refused('not_comparable', /reads format/));
    assert.equal(readTape('', 'g-1', 1), null);
    assert.equal(readTape('0123 {"t":"op', 'g-1', 1), null);
  });

  test('a line that is no entry is corrupt, also where somebody sealed it', () => {
    const opened = textOf(entries.slice(0, 1));
    const link = sealEntry(firstLink('g-1', 1), entries[0] ?? assert.fail()).link;
    for (const json of ['{nope', 'null', '7', '{}', '']) {
      const line = `${sha256Hex(link + json).slice(0, 16)} ${json}\n`;
      assert.throws(() => readTape(opened + line, 'g-1', 1), /execution 1: line 2 is no entry/);
    }
  });

  test('property: no byte of it can be changed, and no line taken from another execution', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('x', '0', '\n'), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        fc.pre(changed !== text && at < text.length - 1);
        assert.throws(() => readTape(changed, 'g-1', 1), Unplayable);
      }),
    );
    assert.throws(() => readTape(text, 'g-1', 2), Unplayable);
    assert.throws(() => readTape(text, 'g-2', 1), Unplayable);
  });
});
