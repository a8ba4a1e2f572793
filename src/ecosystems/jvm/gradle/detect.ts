import type { Detector } from '../../../world/gates/detect/port.ts';

/** The wrapper of the project would fetch Gradle first, and a gate has no network. */
export const gradle: Detector = {
  name: 'gradle',
  looksFor: 'a build file of Gradle',
  async detect(files) {
    // The same tests with another tool: Maven has them already.
    if ((await files.file('pom.xml')) !== null) return [];
    for (const name of ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts']) {
      if ((await files.file(name)) !== null)
        return [{ id: 'gradle-test', argv: ['gradle', 'test'], kind: 'test', because: `there is a ${name}` }];
    }
    return [];
  },
};
