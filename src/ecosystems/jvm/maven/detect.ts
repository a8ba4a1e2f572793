import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import { mavenModules } from './modules.ts';
import { apartWhere, saidOf, slug, type Together } from '../../../world/gates/detect/packages.ts';
import type { Detector, Proposal } from '../../../world/gates/detect/port.ts';

/** The wrapper of the project would fetch Maven first, and a gate has no network. */
export const maven: Detector = {
  name: 'maven',
  looksFor: 'pom.xml',
  async detect(files) {
    if ((await files.file('pom.xml')) === null) return [];
    return (
      (await modulesApart(files))?.map(gateOf) ?? [
        { id: 'maven-test', argv: ['mvn', '-B', 'test'], kind: 'test', because: 'there is a pom.xml' },
      ]
    );
  },
};

async function modulesApart(files: TreeFiles): Promise<readonly Together[] | null> {
  const found = await mavenModules(files);
  if (found === null) return null;
  const named = (await files.list()).flatMap(({ path }) => (NAMED.test(path) ? [path] : []));
  const texts = await files.texts(named);
  const tests = named.filter((_, index) => TEST.test(texts[index] ?? ''));
  return apartWhere(
    files,
    found.modules,
    ({ folder, skips }) => !skips && tests.some((path) => path.startsWith(`${folder}/src/test/`)),
    { shared: found.shared, testsWhatItNeeds: true },
  );
}

/** What surefire looks into unless told otherwise. */
const NAMED = /\/src\/test\/.*(?:(?:Test|Tests|TestCase)\.\w+|\/Test[^/]*\.\w+)$/;
/** What has tests in other shapes only is tested beside another module. */
const TEST = /@(?:\w+\.)*(?:\w*Test|TestFactory|Property)\b|\bextends\s+(?:\w+\.)*TestCase\b/;

/** A module needs those that it uses built in the same run. */
function gateOf(together: Together): Proposal {
  const { first, others, ...inputs } = together;
  return {
    id: `maven-test-${slug(first.folder)}`,
    argv: [
      'mvn',
      '-B',
      `--projects=${[first, ...others].map(({ folder }) => folder).join(',')}`,
      '--also-make',
      'test',
    ],
    kind: 'test',
    ...inputs,
    because: saidOf('module of pom.xml', together),
  };
}
