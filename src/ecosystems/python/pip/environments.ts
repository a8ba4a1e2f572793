/** What tox or nox would install before tests. */
export interface Environment {
  readonly requirements: readonly string[];
  readonly files: readonly string[];
  readonly extras: readonly string[];
  /** Groups of pyproject.toml. */
  readonly groups: readonly string[];
}

/** The requirements of `[testenv]` in a `tox.ini`. Lines for one factor only are left out where they are not about tests. */
export function readTox(text: string): Environment {
  const section = sectionOf(text, 'testenv');
  const deps = valuesOf(section, 'deps', text).flatMap(withoutFactor);
  const groups = valuesOf(section, 'dependency_groups', text).flatMap(withoutFactor);
  const extras = valuesOf(section, 'extras', text).flatMap((line) => (line.includes(':') ? [] : line.split(/[\s,]+/)));
  return sorted(
    deps,
    extras.filter((each) => each !== ''),
    groups.flatMap((line) => line.split(/[\s,]+/)).filter((each) => each !== ''),
  );
}

const withoutFactor = (line: string): readonly string[] => {
  const [, factor, rest] = /^([\w{},!-]+):\s+(.*)$/.exec(line) ?? [];
  if (factor === undefined) return [line];
  return /^(?:unit)?tests?$/.test(factor) ? [rest ?? ''] : [];
};

/** What the session of a `noxfile.py` that is named after tests installs, as far as it stands there in words. */
export function readNox(text: string): Environment {
  const sessions = text.split(/^(?=@nox|def )/m).filter((part) => /^def (?:unit_?)?tests?\w*\(/.test(part));
  const installs = sessions.flatMap((part) =>
    [...part.matchAll(/session\.install\(([^()]*)\)/g)].map(([, args]) => args ?? ''),
  );
  const words = installs.flatMap((args) =>
    [...args.matchAll(/(?<![\w])["']([^"'\n{}]+)["']/g)].map(([, word]) => word ?? ''),
  );
  const lines = words.flatMap((word, at) => {
    const before = words[at - 1] ?? '';
    if (['-r', '--requirement'].includes(before)) return [`-r ${word}`];
    if (['-e', '--editable'].includes(before)) return [`-e ${word}`];
    return word.startsWith('-') || before.startsWith('-') ? [] : [word];
  });
  const groups = words.flatMap((word, at) =>
    words[at - 1] === '--group' ? [word] : (/^--group=(.+)$/.exec(word)?.[1] ?? []),
  );
  return sorted(lines, [], groups);
}

function sorted(lines: readonly string[], extras: readonly string[], groups: readonly string[]): Environment {
  const files = lines.flatMap((line) => /^(?:-r|--requirement)[\s=]*(\S+)$/.exec(line)?.[1] ?? []);
  const own = lines.flatMap((line) => /^(?:-e\s+)?\.\[([^\]]+)\]$/.exec(line)?.[1]?.split(',') ?? []);
  const requirements = lines.filter((line) => /^[A-Za-z0-9]/.test(line) && !/[{}]|^\w+:\/\/|\//.test(line));
  return {
    requirements,
    files: files.map((file) => file.replace(/^\{toxinidir\}\/|^\.\//, '')),
    extras: [...extras, ...own].map((each) => each.trim()),
    groups,
  };
}

const sectionOf = (text: string, name: string): string => {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (from < 0) return '';
  const end = lines.findIndex((line, index) => index > from && /^\[/.test(line));
  return lines.slice(from + 1, end < 0 ? undefined : end).join('\n');
};

/** The lines of one key; `{[other]key}` is what the other section says. */
function valuesOf(section: string, key: string, text: string, depth = 0): readonly string[] {
  const lines = section.split('\n');
  const from = lines.findIndex((line) => new RegExp(`^${key}\\s*=`).test(line));
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => /^\S/.test(line) && !line.startsWith('#'));
  const all = [(lines[from] ?? '').replace(/^[^=]*=/, ''), ...rest.slice(0, end < 0 ? undefined : end)];
  return all
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, other, named] = /^\{\[([^\]]+)\](\w+)\}$/.exec(line) ?? [];
      if (other === undefined || named === undefined) return [line];
      return depth > 5 ? [] : valuesOf(sectionOf(text, other), named, text, depth + 1);
    });
}
