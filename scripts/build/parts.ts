/** One module in a bundle of esbuild, which names it in a comment before it. */
export interface Part {
  readonly path: string;
  /** Without the comment. */
  readonly text: string;
}

const MARK = /^(?=\/\/ (?:src|node_modules|left-out:)\S*$)/m;
const LICENSES = '/*! Bundled license information:';
export const IMPORT = /^import [^;]*;\n/gm;

/** The modules of a bundle. What a module imports stands where the first that needs it is: it is put to the rest of the module. */
export function partsOf(bundle: string): {
  readonly head: string;
  readonly parts: readonly Part[];
  readonly licenses: string;
} {
  const [code = '', licenses] = bundle.split(LICENSES);
  const [head = '', ...texts] = code.split(MARK);
  const found = texts.map((text): Part => {
    const end = text.indexOf('\n');
    return { path: text.slice('// '.length, end), text: text.slice(end + 1) };
  });
  return {
    head,
    parts: [...Map.groupBy(found, ({ path }) => path)].map(([path, same]) => ({
      path,
      text: same.map(({ text }) => `${text.trim()}\n`).join(''),
    })),
    licenses: licenses === undefined ? '' : `${LICENSES}${licenses}`,
  };
}
