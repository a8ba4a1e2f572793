import type { HookEntry, Settings } from './edit.ts';
import { insertInto, removeFrom } from './json-edit.ts';
import { brokenAt, parseNodes, type Node } from './json-nodes.ts';

/** `{"hooks": {"Stop": [{"hooks": [{"type": "command", …}]}]}}`, as claude, codex and gemini have it. */
export const jsonSettings: Settings = {
  read: (text) => {
    const root = parsed(text);
    return root === null ? null : commandsOf(root).map(({ event, command }) => ({ event, command }));
  },
  add: (text, entry) => {
    const start = text.trim() === '' ? '{}\n' : text;
    const root = parsed(start);
    if (root === null) return null;
    const hooks = member(root, 'hooks');
    const value = { hooks: [{ type: 'command', command: entry.command, timeout: entry.timeout }] };
    if (hooks === null) return insertInto(start, root, 'hooks', { [entry.event]: [value] });
    const event = member(hooks, entry.event);
    return event === null ? insertInto(start, hooks, entry.event, [value]) : insertInto(start, event, null, value);
  },
  fault: (text) => {
    const line = brokenAt(text);
    return line === null
      ? 'its `hooks` must be an object with a list for each event'
      : `line ${line} is where it stops being JSON`;
  },
  remove: (text, isOurs) => {
    let left = text;
    for (;;) {
      const root = parsed(left);
      if (root === null) return null;
      const found = commandsOf(root).find(({ command }) => isOurs(command));
      if (found === undefined) return left;
      left = removed(left, found.path);
    }
  },
};

interface Found extends Omit<HookEntry, 'timeout'> {
  /** Each container with the place of what is inside it, the root first. */
  readonly path: readonly (readonly [Node, number])[];
}

/** From the list of a group outwards; a group goes with its only hook. */
const DEPTHS = [4, 2, 1, 0];

/** Takes out a hook, and what held nothing else. */
function removed(text: string, path: Found['path']): string {
  const depth = DEPTHS.find((each) => (path[each]?.[0].children?.length ?? 0) > 1) ?? 0;
  const [container, index] = path[depth] ?? [];
  return container === undefined || index === undefined ? text : removeFrom(text, container, index);
}

/** Null where it is no JSON, or its hooks are not what agents read. */
function parsed(text: string): Node | null {
  const root = parseNodes(text.trim() === '' ? '{}' : text);
  if (root === null || !root.isObject) return null;
  const hooks = member(root, 'hooks');
  if (hooks !== null && !hooks.isObject) return null;
  return (hooks?.children ?? []).every(({ node }) => node.children !== null && !node.isObject) ? root : null;
}

const member = (node: Node, key: string): Node | null =>
  node.children?.findLast((child) => child.key === key)?.node ?? null;

function commandsOf(root: Node): readonly Found[] {
  const hooksAt = root.children?.findLastIndex(({ key }) => key === 'hooks') ?? -1;
  const hooks = root.children?.[hooksAt]?.node;
  return (hooks?.children ?? []).flatMap(({ key: event, node: groups }, eventAt) =>
    (groups.children ?? []).flatMap(({ node: group }, groupAt) => {
      const listAt = group.isObject ? (group.children ?? []).findLastIndex(({ key }) => key === 'hooks') : -1;
      const list = group.children?.[listAt]?.node;
      return (list?.children ?? []).flatMap(({ node }, index): readonly Found[] => {
        const command = member(node, 'command')?.value;
        if (typeof command !== 'string' || hooks === undefined || list === undefined) return [];
        return [
          {
            event,
            command,
            path: [
              [root, hooksAt],
              [hooks, eventAt],
              [groups, groupAt],
              [group, listAt],
              [list, index],
            ],
          },
        ];
      });
    }),
  );
}
