import { parse, TomlError } from 'smol-toml';
import type { HookEntry, Settings } from './edit.ts';

/** `[[hooks]]` tables, as kimi has them: put behind everything else, and taken out table by table. */
export const tomlSettings: Settings = {
  read: (text) => hooksOf(text),
  add: (text, { event, command, timeout }) => {
    const before = hooksOf(text);
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    const blank = text.trim() === '' ? '' : '\n';
    const lines = [`event = ${JSON.stringify(event)}`, `command = ${JSON.stringify(command)}`, `timeout = ${timeout}`];
    const added = `${text}${gap}${blank}[[hooks]]\n${lines.join('\n')}\n`;
    // An inline array of hooks takes no further table: the text is no TOML then.
    return before !== null && hooksOf(added)?.length === before.length + 1 ? added : null;
  },
  fault: (text) => {
    try {
      parse(text);
      return 'its hooks must be `[[hooks]]` tables';
    } catch (error) {
      return `line ${error instanceof TomlError ? error.line : 1} is where it stops being TOML`;
    }
  },
  remove: (text, isOurs) => {
    const before = hooksOf(text);
    if (before === null) return null;
    const left = text
      .split(/(?=^[ \t]*\[)/mu)
      .reduce((kept, table) => (isOursIn(table, isOurs) ? withoutGap(kept, table) : kept + table), '');
    const expected = before.filter(({ command }) => !isOurs(command)).length;
    return hooksOf(left)?.length === expected ? left : null;
  },
};

/** The blank line between two tables goes once. */
const withoutGap = (kept: string, taken: string): string =>
  taken.endsWith('\n\n') ? kept : kept.replace(/\n\n$/u, '\n');

const isOursIn = (table: string, isOurs: (command: string) => boolean): boolean =>
  table.trimStart().startsWith('[[hooks]]') && (hooksOf(table) ?? []).some(({ command }) => isOurs(command));

function hooksOf(text: string): readonly Omit<HookEntry, 'timeout'>[] | null {
  try {
    const { hooks = [] } = parse(text);
    if (!Array.isArray(hooks)) return null;
    return hooks.map((hook) => ({ event: String(field(hook, 'event')), command: String(field(hook, 'command')) }));
  } catch {
    return null;
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
