import { at, readToml, strings, tableOf } from '../project/toml.ts';
import type { Lines } from '../../../world/gates/command/port.ts';
import { optionsOf, quoted, together, type TaskFiles } from './port.ts';

type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What `tox` runs in the environments that it is told, or in those of its list. */
export function toxLines(words: readonly string[], { tox, pyproject }: Pick<TaskFiles, 'tox' | 'pyproject'>): Lines {
  const { values, rest } = optionsOf(words, /^(?:-\w*e|--env|--envlist)$/);
  const settings = at(at(readToml(pyproject), 'tool'), 'tox');
  const legacy = at(settings, 'legacy_tox_ini');
  const text = tox === '' && typeof legacy === 'string' ? legacy : tox;
  if (text === '') return settings === undefined ? null : together(inToml(settings, values, rest));
  const sections = sectionsOf(text);
  const list = sections.get('tox')?.get('envlist') ?? sections.get('tox')?.get('env_list') ?? 'py';
  const names = values.length > 0 ? values : expanded(list);
  return together(names.map((name) => linesOf(sections, name, rest)));
}

function sectionsOf(text: string): Sections {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key = '';
  for (const line of text.replaceAll(/[ \t]*\\\r?\n\s*/g, ' ').split(/\r?\n/)) {
    const [, named] = /^\[([^\]]+)\]/.exec(line) ?? [];
    const [, set, value] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (/^\s*[#;]/.test(line)) continue;
    if (named !== undefined) {
      section = new Map();
      sections.set(named, section);
    } else if (set !== undefined) {
      key = set.replaceAll('_', '');
      section.set(key, value ?? '');
    } else if (/^\s+\S/.test(line)) section.set(key, `${section.get(key) ?? ''}\n${line.trim()}`);
  }
  return sections;
}

/** `py{38,39}-a` is several names. */
function expanded(list: string): readonly string[] {
  const names = list.split(/[\s,]+(?![^{]*\})/).filter((name) => name !== '');
  return names.flatMap((name) => {
    const [all, inner] = /\{([^}]*)\}/.exec(name) ?? [];
    return all === undefined
      ? [name]
      : (inner ?? '').split(',').flatMap((each) => expanded(name.replace(all, each.trim())));
  });
}

function linesOf(sections: Sections, name: string, rest: readonly string[]): Lines {
  const own = sections.get(`testenv:${name}`);
  const base = sections.get('testenv');
  if (own === undefined && !/^py(?:py)?[\d.]*(?:-|$)|^\d/.test(name)) return null;
  const said = (key: string): string => own?.get(key) ?? base?.get(key) ?? '';
  const factors = new Set(name.split('-'));
  const lines = applying(said('commands'), factors).map((line) => substituted(line, sections, rest));
  const variables = applying(said('setenv'), factors).map((line) =>
    substituted(line.replace(/\s*=\s*/, '='), sections, rest),
  );
  const folder = said('changedir') === '' ? '' : substituted(said('changedir'), sections, rest);
  if ([...lines, ...variables, folder].some((line) => line === null)) return null;
  const before = [...(folder === '' ? [] : [`cd ${folder}`]), ...variables.map((each) => `export ${each}`)];
  return [...before, ...lines.flatMap((line) => line ?? [])];
}

/** Lines for some factors only stand behind them. */
const applying = (text: string, factors: ReadonlySet<string>): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const [, condition, behind] = /^([\w!{},.-]+)\s*:\s+(.*)$/.exec(line.trim()) ?? [];
    if (condition === undefined) return line.trim() === '' ? [] : [line.trim()];
    const fits = expanded(condition).some((each) =>
      each.split('-').every((factor) => (factor.startsWith('!') ? !factors.has(factor.slice(1)) : factors.has(factor))),
    );
    return fits && behind !== undefined ? [behind] : [];
  });

/** Null where something in braces is not known, or where a failure is to be ignored. */
function substituted(text: string, sections: Sections, rest: readonly string[]): string | null {
  if (/^[-!]\s/.test(text)) return null;
  const given = quoted(rest);
  const line = text
    .replaceAll(/\{\[([^\]]+)\](\w+)\}/g, (all, section: string, key: string) =>
      (sections.get(section)?.get(key.replaceAll('_', '')) ?? all).trim().replaceAll('\n', ' '),
    )
    .replaceAll(/\{posargs(?::((?:[^{}]|\{[^{}]*\})*))?\}|\[\]/g, (_, usual?: string) =>
      given === '' ? (usual ?? '') : given,
    )
    .replaceAll(
      /\{env:\w+(?::([^{}]*))?\}|\{tty:[^{}:]*:?([^{}]*)\}/g,
      (_, usual?: string, other?: string) => usual ?? other ?? '',
    )
    .replaceAll(/\{env_?python\}/g, 'python')
    .replaceAll(/\{(?:toxinidir|tox_root)\}/g, '.')
    .replaceAll(/\{env_?tmp_?dir\}/g, '$TMPDIR');
  return /[{}]/.test(line) ? null : line.trim();
}

function inToml(settings: unknown, values: readonly string[], rest: readonly string[]): readonly Lines[] {
  const names = values.length > 0 ? values : strings(at(settings, 'env_list'));
  return (names.length > 0 ? names : ['py']).map((name) => {
    const own = at(at(settings, 'env'), name);
    const commands = at(own, 'commands') ?? at(at(settings, 'env_run_base'), 'commands');
    if (!Array.isArray(commands)) return null;
    const lines = commands.map((words: unknown) => (Array.isArray(words) ? wordsIn(words, rest) : null));
    return lines.includes(null) ? null : lines.flatMap((words) => (words === null ? [] : [quoted(words)]));
  });
}

const wordsIn = (words: readonly unknown[], rest: readonly string[]): readonly string[] | null => {
  const plain = words.map((word) => {
    if (typeof word === 'string') return word.includes('{') ? null : [word];
    const { replace, default: usual } = tableOf(word);
    if (replace !== 'posargs') return null;
    return rest.length > 0 ? rest : strings(usual);
  });
  return plain.includes(null) ? null : plain.flatMap((each) => each ?? []);
};
