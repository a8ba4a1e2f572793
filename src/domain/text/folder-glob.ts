/** Whether a folder matches a workspace's pattern: `*` within one name, `**` for any folders. Both relative, with `/`. */
export function matchesFolder(folder: string, pattern: string): boolean {
  const parts = pattern.replace(/^\.\//, '').replace(/\/+$/, '').split('/');
  const source = parts
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${part.split('*').map(escaped).join('[^/]*')}/`))
    .join('');
  return new RegExp(`^${source}$`).test(`${folder}/`);
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
