import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** These hold over what the project says. No process may outlive a gate, and no outcome may come from an earlier one. */
const PROPERTIES = `org.gradle.daemon=false
org.gradle.caching=false
org.gradle.configuration-cache=false
org.gradle.vfs.watch=false
`;

/** Being offline is no property of Gradle's, only an argument, and arguments are the gate's. Agents may add what is not there. */
const OFFLINE = `if (System.getenv('OMK_GRADLE_OFFLINE')) gradle.startParameter.offline = true
`;

/** Configurations that no test uses are wanted by other gates; one that cannot be resolved by itself is for the build to say. */
const FILL = `allprojects { project ->
    project.task('omkResolve') {
        doLast {
            project.configurations.each { configuration ->
                try {
                    if (configuration.canBeResolved) configuration.resolve()
                } catch (Exception ignored) {
                }
            }
        }
    }
    project.task('omkTest') {
        dependsOn { project.tasks.withType(Test).findAll { it.name == 'test' } }
    }
}
`;

/** Tasks of the script that `writeFill` makes. */
export const FILLING = ['omkResolve', 'omkTest'] as const;

/** What was left of the build itself: its outcomes, its processes, and digests of files by their path and time. */
const LEFT = /^(?:caches\/(?:build-cache-[^/]+|[^/]+\/(?:fileHashes|javaCompile))|daemon|workers|notifications|\.tmp)$/;

export async function beginHome(dir: string): Promise<void> {
  await mkdir(join(dir, 'init.d'), { recursive: true });
  await writeFile(join(dir, 'gradle.properties'), PROPERTIES);
  await writeFile(join(dir, 'init.d', 'omk.gradle'), OFFLINE);
}

export const writeFill = (file: string): Promise<void> => writeFile(file, FILL);

/** Leaves what was downloaded and compiled for build scripts. Locks stay: a cache without its lock counts as broken. */
export async function tidyHome(dir: string): Promise<void> {
  const caches = await readdir(join(dir, 'caches')).catch(() => []);
  const folders = await Promise.all(
    caches.map(async (name) =>
      (await readdir(join(dir, 'caches', name)).catch(() => [])).map((inner) => `caches/${name}/${inner}`),
    ),
  );
  const all = [...(await readdir(dir)), ...caches.map((name) => `caches/${name}`), ...folders.flat()];
  for (const path of all) if (LEFT.test(path)) await rm(join(dir, path), { recursive: true, force: true });
}
