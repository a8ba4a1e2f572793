import type { TreeFiles } from '../tree-files.ts';
import { mavenModules } from './maven-modules.ts';
import { apartWhere, saidOf, slug, type Together } from './packages.ts';
import type { Detector, Proposal } from './port.ts';

/** The wrapper of the project would fetch Maven first, and a gate has no network. */
export const maven: Detector = {
  name: 'maven',
  async detect(files) {
    if ((await files.file('pom.xml')) === null) return [];
    return (await modulesApart(files))?.map(gateOf) ?? [{ id: 'maven-test', argv: ['mvn', '-B', 'test'], kind: 'test', because: 'there is a pom.xml' }];
  },
};

async function modulesApart(files: TreeFiles): Promise<readonly Together[] | null> {
  const found = await mavenModules(files);
  if (found === null) return null;
  const tests = (await files.list()).flatMap(({ path }) => (/\/src\/test\/.*(?:Test|Tests|TestCase)\.\w+$|\/src\/test\/.*\/Test\w*\.\w+$/.test(path) ? [path] : []));
  return apartWhere(files, found.modules, ({ folder }) => tests.some((path) => path.startsWith(`${folder}/src/test/`)), found.shared);
}

/** A module needs those that it uses built in the same run, and Maven runs their tests with them. */
function gateOf(together: Together): Proposal {
  const { first, others, ...inputs } = together;
  return {
    id: `maven-test-${slug(first.folder)}`,
    argv: ['mvn', '-B', `--projects=${[first, ...others].map(({ folder }) => folder).join(',')}`, '--also-make', 'test'],
    kind: 'test',
    ...inputs,
    because: saidOf('module of pom.xml', together),
  };
}
