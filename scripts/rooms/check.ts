import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { importsOf, type Import } from './imports.ts';
import type { Room } from './rules.ts';

/** Every way in which the files below `src` break the rules, one sentence each, sorted. Tests may import what they test with. */
export function violations(src: string, rooms: readonly Room[]): readonly string[] {
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const graph = new Map(files.map((file) => [file, importsOf(readFileSync(join(src, file), 'utf8'))]));
  const found = [...graph].flatMap(([file, imports]) => imports.flatMap((one) => judge(file, one, rooms)));
  return [...found, ...cycles(graph)].sort();
}

function judge(file: string, one: Import, rooms: readonly Room[]): readonly string[] {
  const room = rooms.find(({ path }) => file.startsWith(path));
  if (room === undefined) return [`${file}: is in no room`];
  if (one.from.startsWith('.')) {
    const target = resolve(file, one.from);
    if (isTesting(target) && !isTesting(file)) return [`${file}: only tests may import ${target}`];
    const home = rooms.find(({ path }) => target.startsWith(path));
    if (home?.path === room.path || room.rooms.some((prefix) => target.startsWith(prefix))) return [];
    return [`${file}: ${room.path} may not import ${target}`];
  }
  if (one.from.startsWith('node:')) {
    if (room.node === 'any') return [];
    const allowed = room.node[one.from];
    if (allowed === undefined) return [`${file}: ${room.path} may not import ${one.from}`];
    if (allowed === '*') return [];
    if (one.names.length === 0) return [`${file}: ${room.path} must name what it takes from ${one.from}`];
    return one.names
      .filter((name) => !allowed.includes(name))
      .map((name) => `${file}: ${room.path} may not take ${name} from ${one.from}`);
  }
  const fits =
    room.packages === null || room.packages.some((name) => one.from === name || one.from.startsWith(`${name}/`));
  return fits ? [] : [`${file}: ${room.path} may not import ${one.from}`];
}

const isTesting = (file: string): boolean => /\/(testing|conformance)[/.]/.test(file);

/** `a/b.ts` importing `../c.ts` reaches `c.ts`; what leaves `src` keeps its dots and fits no room. */
const resolve = (file: string, from: string): string => posix.join(dirname(file), from);

function cycles(graph: ReadonlyMap<string, readonly Import[]>): readonly string[] {
  const done = new Set<string>();
  const found = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      const loop = path.slice(at);
      const first = loop.indexOf([...loop].sort()[0] ?? file);
      found.add(`cycle: ${[...loop.slice(first), ...loop.slice(0, first)].join(' → ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const one of graph.get(file) ?? []) {
      if (one.from.startsWith('.')) visit(resolve(file, one.from), [...path, file]);
    }
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return [...found];
}
