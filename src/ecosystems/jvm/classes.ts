import type { Reader } from '../../world/gates/readers/port.ts';

/** A line of the log of classes: the class, and the archive or folder it came from. */
const LOADED = /^\S*\s*([\w$]+(?:\.[\w$]+)+) source: file:(\S+)/;

/** A reader whose gate runs on the JVM, which from version 9 on writes down where each class comes from. */
export const toldByJvm = (reader: Reader): Reader => ({
  ...reader,
  loads: { files: [], read },
  inject(request) {
    const told = reader.inject(request);
    if (!request.loads) return told;
    const log = `-Xlog:class+load=info:file=${request.loads.folder}/%p.log::filecount=0`;
    const options = [told.env['JDK_JAVA_OPTIONS'] ?? '', log].join(' ').trim();
    return { ...told, env: { ...told.env, JDK_JAVA_OPTIONS: options } };
  },
});

/** Packages that the JVM of tests finds in archives, and of those that the checkout is a part of, their classes. */
function read(texts: readonly string[]): { readonly outside: readonly string[] } | null {
  const names = new Set<string>();
  for (const text of texts) {
    const classes = text.split('\n').flatMap((line) => {
      const [, name = '', from = ''] = LOADED.exec(line) ?? [];
      return name === ''
        ? []
        : [{ name: name.replaceAll('.', '/').replace(/\$.*$/, ''), isArchive: from.endsWith('.jar') }];
    });
    const own = new Set(classes.filter(({ isArchive }) => !isArchive).map(({ name }) => packageOf(name)));
    // The JVM of a build tool loads none.
    if (own.size === 0) continue;
    for (const { name, isArchive } of classes) {
      const place = packageOf(name);
      if (isArchive) names.add(own.has(place) ? name : `${place}/`);
    }
  }
  return names.size === 0 ? null : { outside: [...names].sort() };
}

const packageOf = (name: string): string => name.slice(0, name.lastIndexOf('/'));
