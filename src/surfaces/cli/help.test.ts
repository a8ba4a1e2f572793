import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { PRESETS } from '../../world/agents/presets/list.ts';
import { makeProgram } from './program.ts';
import { all, kept, omkHere } from './testing/here.ts';

const program = makeProgram(async () => undefined, [], kept().output);

function wordsOf(command: Command): readonly string[] {
  return command.parent ? [...wordsOf(command.parent), command.name()] : [];
}

const isGroup = (command: Command): boolean => command.commands.length > 0;
const commands = all(program).slice(1);

test('every command has examples, takes --json, and no example has a command that is not there', async () => {
  const names = new Set(commands.filter((each) => !isGroup(each)).map((each) => wordsOf(each).join(' ')));
  assert.ok(names.has('run') && names.has('goal show'));
  for (const command of commands) {
    const name = wordsOf(command).join(' ');
    const { code, out } = await omkHere([...wordsOf(command), '--help']);
    assert.equal(code, 0);
    const examples = out.split('\nExamples:\n')[1] ?? '';
    assert.match(examples, /omk /, name);
    if (!isGroup(command)) assert.match(out, /--json/, name);
    for (const [, first = '', second = ''] of examples.matchAll(/\bomk ([a-z]+)(?: ([a-z0-9.-]+))?/g))
      assert.ok(names.has(first) || names.has(`${first} ${second}`), `omk ${first} ${second}`);
  }
});

test('every command and every option says in a line what it is', () => {
  for (const command of commands) {
    const name = wordsOf(command).join(' ');
    assert.notEqual(command.description() || command.summary(), '', name);
    for (const { flags, description } of command.options) {
      assert.notEqual(description, '', `${name} ${flags}`);
      assert.ok(description.length <= 140, `${name} ${flags}: ${description.length} characters`);
      assert.doesNotMatch(description, /^[A-Z][a-z]|\.$/, `${name} ${flags} is no sentence: ${description}`);
    }
  }
});

test('the help of omk run names every preset', async () => {
  const { out } = await omkHere(['run', '--help']);
  for (const { name } of PRESETS) assert.match(out, new RegExp(`\\b${name}\\b`), name);
});

test('a failure is one line among the events of --json', async () => {
  for (const words of [
    ['goal', 'nothing', '--json'],
    ['goal', 'log', '--turn', '0', '--json'],
    ['run', '--nothing', '--json', 'x'],
    ['goal', 'reject', '--json'],
    ['goal', 'status', 'a', 'b', '--json'],
  ]) {
    const { code, out, err } = await omkHere(words);
    assert.equal(code, 2);
    assert.equal(err, '');
    const { error } = JSON.parse(out);
    assert.deepEqual(Object.keys(error), ['code', 'message', 'fix']);
    assert.equal(error.code, 'USAGE');
    assert.equal(out.trimEnd().split('\n').length, 1);
  }
});

test('wrong usage names the help of that command', async () => {
  for (const [words, page] of [
    [['nope'], 'omk --help'],
    [['goal', 'nope'], 'omk goal --help'],
    [['goal', 'log', '--turn', '0'], 'omk goal log --help'],
  ] as const) {
    const { code, err } = await omkHere(words);
    assert.equal(code, 2);
    assert.match(err, new RegExp(`\\(${page} shows what there is\\)`));
  }
});

test('a stop hook that cannot be understood does not tell the agent to go on', async () => {
  assert.equal((await omkHere(['judge', '--nothing', '--hook', 'generic'])).code, 1);
  assert.equal((await omkHere(['judge', '--nothing', '--hook=generic'])).code, 1);
  assert.equal((await omkHere(['judge', '--nothing'])).code, 2);
});
