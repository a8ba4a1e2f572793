const base = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
const LOADS = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);

/** `node node_modules/jest/bin/jest.js x` as `jest x`: a program of an installed package, started by hand. */
export function installed(words: readonly string[]): readonly string[] {
  if (base(words[0] ?? '') !== 'node') return words;
  for (const [at, word] of words.entries()) {
    const [, link, name] = /(?:^|\/)node_modules\/(?:\.bin\/([^/]+)|((?:@[^/]+\/)?[^/]+)\/.+)$/.exec(word) ?? [];
    const program = link ?? (name === '@playwright/test' ? 'playwright' : name?.replace(/-cli$/, ''));
    if (program !== undefined && !word.startsWith('-') && !LOADS.has(words[at - 1] ?? ''))
      return [program, ...words.slice(at + 1)];
  }
  return words;
}

/** `node setup.js mocha test`: what stands behind a script of the repository. */
export function behindScript([program = '', ...args]: readonly string[]): readonly string[] {
  const at = base(program) === 'node' ? args.findIndex((word) => !word.startsWith('-')) : -1;
  return at < 0 || !/^(?!.*node_modules\/).*\.[cm]?[jt]s$/.test(args[at] ?? '') ? [] : args.slice(at + 1);
}
