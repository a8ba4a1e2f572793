import type { Lines } from '../../../world/gates/command/port.ts';
import { optionsOf, quoted, together } from './port.ts';

const FUNCTION = /((?:^@[^\n]*(?:\n[ \t)][^\n]*)*\n)*)^def (\w+)\([^)]*\)[^\n]*:\n((?:(?:[ \t][^\n]*)?\n)*)/gm;
const RUN = /session\.run(?:_always)?\(((?:[^()]|\([^()]*\))*)\)/g;

/** What `nox` runs in the sessions that it is told, in those that are named as usual, or in all. */
export function noxLines(words: readonly string[], noxfile: string): Lines {
  const { values, rest } = optionsOf(words, /^(?:-s|-e|--sessions?)$/);
  const sessions = new Map<string, Lines>();
  for (const [, decorators = '', name = '', body = ''] of `${noxfile}\n`.matchAll(FUNCTION)) {
    if (!/@(?:nox\.)?session\b/.test(decorators)) continue;
    const called = /\bname\s*=\s*["']([^"']+)/.exec(decorators)?.[1] ?? name;
    sessions.set(called, linesIn(body, rest));
  }
  const usual = /\boptions\.sessions\s*=\s*[[(]([^\])]*)/.exec(noxfile)?.[1];
  const listed = [...(usual ?? '').matchAll(/["']([^"']+)/g)].flatMap(([, name]) => name ?? []);
  const others = listed.length > 0 ? listed : [...sessions.keys()];
  const names = values.length > 0 ? values.map((name) => name.replace(/[-(]\d.*$/, '')) : others;
  return together(names.map((name) => sessions.get(name) ?? null));
}

/** Null where a command is put together from more than texts. */
function linesIn(body: string, rest: readonly string[]): Lines {
  const lines: string[] = [];
  for (const [, given = ''] of `${body}\n`.replaceAll(/^\s*#.*$/gm, '').matchAll(RUN)) {
    const left = given
      .replaceAll(/\*session\.posargs\b/g, '')
      .replaceAll(/(?<![rf])(["'])(?:(?!\1)[^\\{])*\1/g, '')
      .replaceAll(/\b(?:external|silent|success_codes|env)\s*=\s*(?:\w+|\{\s*\}|\[[^\]]*\])/g, '');
    if (/[^\s,]/.test(left)) return null;
    const words = [...given.matchAll(/\*session\.posargs\b|(["'])((?:(?!\1)[^\\])*)\1/g)];
    lines.push(quoted(words.flatMap(([all, , word]) => (all.startsWith('*') ? rest : [word ?? '']))));
  }
  return lines;
}
