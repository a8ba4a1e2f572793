import type { Detector } from './port.ts';

/** The wrapper of the project would fetch Maven first, and a gate has no network. */
export const maven: Detector = {
  name: 'maven',
  async detect(files) {
    const pom = await files.file('pom.xml');
    return pom === null ? [] : [{ id: 'maven-test', argv: ['mvn', '-B', 'test'], kind: 'test', because: 'there is a pom.xml' }];
  },
};
