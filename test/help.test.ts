import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRESETS } from '../src/world/agents/presets/list.ts';
import { javascript } from './support/ecosystems.ts';
import { machine } from './support/machine.ts';

/** What a page of help lists below `Commands:`. */
const subcommands = (help: string): readonly string[] =>
  [...(help.split('\nCommands:\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}(\S+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');

test('every command has examples, takes --json, and no example has a command that is not there', async (t) => {
  const m = await machine(t, javascript.files);
  const help = async (...command: readonly string[]): Promise<string> => (await m.omk([...command, '--help'])).out;
  const top = subcommands(await help());
  assert.ok(top.includes('run') && top.includes('goal'));
  const commands = (
    await Promise.all(top.map(async (name) => subcommands(await help(name)).map((inner) => [name, inner])))
  ).flat();
  const groups = new Set(commands.map(([name]) => name));
  const all = [...commands, ...top.filter((name) => !groups.has(name)).map((name) => [name])];
  const names = new Set(all.map((command) => command.join(' ')));
  for (const command of [...all, ...[...groups].map((name) => [name ?? ''])]) {
    const page = await help(...command);
    const examples = page.split('\nExamples:\n')[1] ?? '';
    assert.match(examples, /omk /, command.join(' '));
    if (names.has(command.join(' '))) assert.match(page, /--json/, command.join(' '));
    for (const [, first = '', second = ''] of examples.matchAll(/\bomk ([a-z]+)(?: ([a-z0-9.-]+))?/g))
      assert.ok(names.has(first) || names.has(`${first} ${second}`), `omk ${first} ${second}`);
  }
});

test('a failure is one line among the events of --json', async (t) => {
  const m = await machine(t, javascript.files);
  for (const args of [
    ['run', '--json'],
    ['goal', 'status', 'nothing', '--json'],
    ['goal', 'log', '--turn', '0', '--json'],
    ['goal', 'nothing', '--json'],
    ['run', '--nothing', '--json', 'x'],
  ]) {
    const failed = await m.omk(args);
    assert.equal(failed.code, 2);
    assert.deepEqual(Object.keys(JSON.parse(failed.out).error), ['code', 'message', 'fix']);
    assert.equal(failed.out.trimEnd().split('\n').length, 1);
  }
});

test('the help of omk run names every preset', async (t) => {
  const m = await machine(t, javascript.files);
  const help = (await m.omk(['run', '--help'])).out;
  for (const { name } of PRESETS) assert.match(help, new RegExp(`\\b${name}\\b`), name);
});

test('wrong usage names the help of that command', async (t) => {
  const m = await machine(t, javascript.files);
  for (const [args, page] of [
    [['nope'], 'omk --help'],
    [['goal', 'nope'], 'omk goal --help'],
    [['goal', 'log', '--turn', '0'], 'omk goal log --help'],
  ] as const) {
    const failed = await m.omk(args);
    assert.equal(failed.code, 2);
    assert.match(failed.err, new RegExp(`\\(${page} shows what there is\\)`));
  }
});
