import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSandboxes } from '../../sandbox/open.ts';
import { toolVersions, versionSaid } from './tools.ts';

const GRADLE_4 = `
------------------------------------------------------------
Gradle 4.4.1
------------------------------------------------------------

Build time:   2012-12-21 00:00:00 UTC
Groovy:       2.4.21
JVM:          17.0.15 (Debian 17.0.15+6-Debian-1deb12u1)
OS:           Linux 6.1.0 amd64
`;

const GRADLE_8 = `
Welcome to Gradle 8.10!

Here are the highlights of this release:
 - Support for Java 23

------------------------------------------------------------
Gradle 8.10
------------------------------------------------------------

Kotlin:        1.9.24
Launcher JVM:  21.0.4 (Eclipse Adoptium 21.0.4+7-LTS)
Daemon JVM:    /opt/jdk-21 (no JDK specified, using current Java home)
`;

const MAVEN = `\u001B[1mApache Maven 3.8.7\u001B[m
Maven home: /usr/share/maven
Java version: 17.0.15, vendor: Debian, runtime: /usr/lib/jvm/java-17-openjdk-amd64
Default locale: en, platform encoding: UTF-8
`;

test('Gradle and Maven are named with the Java they run on', () => {
  assert.equal(versionSaid(GRADLE_4), 'Gradle 4.4.1; JVM: 17.0.15 (Debian 17.0.15+6-Debian-1deb12u1)');
  assert.equal(
    versionSaid(GRADLE_8),
    'Gradle 8.10; Launcher JVM: 21.0.4 (Eclipse Adoptium 21.0.4+7-LTS); Daemon JVM: /opt/jdk-21 (no JDK ' +
      'specified, using current Java home)',
  );
  assert.equal(
    versionSaid(MAVEN),
    'Apache Maven 3.8.7; Java version: 17.0.15, vendor: Debian, runtime: /usr/lib/jvm/java-17-openjdk-amd64',
  );
});

test('of other tools the first line that says something counts', () => {
  assert.equal(versionSaid('v26.10.0\n'), 'v26.10.0');
  assert.equal(versionSaid('GNU Make 4.3\nBuilt for x86_64\n'), 'GNU Make 4.3');
  assert.equal(versionSaid('\n  \n'), null);
});

test('a tool is asked again for another JAVA_HOME', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-tools-'));
  try {
    const bin = join(dir, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'gradle'), '#!/bin/sh\necho\necho Gradle 9.1.0\necho "JVM: $JAVA_HOME"\n');
    await chmod(join(bin, 'gradle'), 0o755);
    const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: dir, TMPDIR: dir };
    const ask = toolVersions(dir, openSandboxes({ env, mode: 'none' }));
    const asked = (java: string): Promise<Record<string, string>> =>
      ask(['gradle', '--version'], { ...env, JAVA_HOME: java }, []);
    assert.deepEqual(await asked('/jdk-17'), { gradle: 'Gradle 9.1.0; JVM: /jdk-17' });
    assert.deepEqual(await asked('/jdk-21'), { gradle: 'Gradle 9.1.0; JVM: /jdk-21' });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
