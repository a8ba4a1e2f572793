import { allProjects } from '../../ecosystems/projects.ts';
import { joinJson } from './join-json.ts';

/** A file in conflict: what each side has, and what git made of it, with marks and the lines that both began with. */
export interface Sides {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly marked: string;
}

const JOINS = allProjects(({ joins }) => (joins ? [joins] : []));

/** A manifest that two sides changed, where each of them named other things; null where they disagree. */
export function joinManifest(path: string, { base, ours, theirs, marked }: Sides): string | null {
  if (path.endsWith('.json')) return joinJson(base, ours, theirs);
  const own = JOINS.find(({ files }) => files.test(path));
  return own ? own.join(ours, theirs) : joinLines(marked);
}

const HUNK = /^<{7} [^\n]*\n([^]*?)^\|{7} [^\n]*\n([^]*?)^={7}\n([^]*?)^>{7} [^\n]*(?:\n|$)/gm;

/** Lines that both sides only added, each of which says something of another name. */
export function joinLines(marked: string): string | null {
  let isOpen = false;
  const text = marked.replaceAll(HUNK, (_, ours: string, base: string, theirs: string) => {
    const [one, other] = [namesIn(ours), namesIn(theirs)];
    if (base !== '' || !one || !other || [...one].some((name) => other.has(name))) isOpen = true;
    return `${ours}${theirs}`;
  });
  return isOpen || /^(?:<{7} |>{7} )/m.test(text) ? null : text;
}

const DECLARES = /^\s*(?:require\s+|gem\s+)?["']?(@?[\w./-]+)/;

/** What each line names first; null where one says something else. */
function namesIn(text: string): ReadonlySet<string> | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const names = lines.flatMap((line) => DECLARES.exec(line)?.[1] ?? []);
  return names.length === lines.length ? new Set(names) : null;
}
