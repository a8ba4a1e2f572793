import type { Detector } from '../../../world/gates/detect/port.ts';

const MAKEFILE = /^(?:GNUmakefile|[Mm]akefile)$/;
const SOURCE = /\.(?:c|cc|cpp|cxx)$/;
/** What says that the repository is built by something else, which its Makefile may only call. */
const OTHERS = new RegExp(
  String.raw`^(?:CMakeLists\.txt|meson\.build|configure(?:\.ac)?|package\.json|pyproject\.toml|setup\.(?:py|cfg)|` +
    String.raw`Cargo\.toml|go\.mod|Gemfile|composer\.json|pom\.xml|build\.gradle(?:\.kts)?|[^/]*\.gemspec)$`,
);
const TARGET = /^(test|check)\s*:(?!=)/m;

/** C and C++ that a Makefile alone builds and tests. */
export const make: Detector = {
  name: 'make',
  looksFor: 'a Makefile with a target for tests',
  async detect(files) {
    const paths = (await files.list()).map(({ path }) => path);
    const makefile = paths.find((path) => MAKEFILE.test(path));
    if (makefile === undefined || !paths.some((path) => SOURCE.test(path)) || paths.some((path) => OTHERS.test(path)))
      return [];
    const target = TARGET.exec((await files.text(makefile)) ?? '')?.[1];
    if (target === undefined) return [];
    const because = `${makefile} has a target ${target}`;
    return [{ id: `make-${target}`, argv: ['make', target], kind: 'test', because }];
  },
};
