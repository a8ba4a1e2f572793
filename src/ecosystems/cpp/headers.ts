import type { Reader } from '../../world/gates/readers/port.ts';

/** Where compilers look for headers of the system. */
const SYSTEM = /^.*\/include(?:\/[\w]+(?:-[\w]+)+)?(?:\/c\+\+\/[\w.]+)?(?:\/[\w]+(?:-[\w]+)+)?\//;

/** A reader whose gate compiles: the rules of make that compilers write tell which headers the base finds elsewhere. */
export const toldByCompilers = (reader: Reader): Reader => ({
  ...reader,
  loads: { files: [], left: /\.d$/, read },
  inject(request) {
    const told = reader.inject(request);
    // GCC writes them there unless it is told to by arguments, as CMake does.
    return request.loads
      ? { ...told, env: { ...told.env, SUNPRO_DEPENDENCIES: `${request.loads.folder}/headers.d` } }
      : told;
  },
});

function read(texts: readonly string[]): { readonly outside: readonly string[] } | null {
  const names = new Set<string>();
  for (const text of texts)
    for (const word of text.replaceAll('\\\n', ' ').split(/\s+/)) {
      const name = word.startsWith('/') && SYSTEM.test(word) ? word.replace(SYSTEM, '') : '';
      if (name !== '') names.add(`<${name}>`);
    }
  return names.size === 0 ? null : { outside: [...names].sort() };
}
