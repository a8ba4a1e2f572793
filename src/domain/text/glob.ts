/**
 * Whether a path matches a glob: `**` any folders, `*` and `?` within one name, `{a,b}` one of several. Everything
 * else is itself. A glob without a meta character also matches what lies below the folder it names.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  if (!/[*?{]/.test(plain)) return path === plain || path.startsWith(`${plain}/`);
  return new RegExp(`^${pattern(plain)}$`, 'su').test(path);
}

function pattern(glob: string): string {
  return glob
    .split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\})/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      if (part.startsWith('{') && part.endsWith('}'))
        return `(?:${part.slice(1, -1).split(',').map(pattern).join('|')})`;
      return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    })
    .join('');
}
