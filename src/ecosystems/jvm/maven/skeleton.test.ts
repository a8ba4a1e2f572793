import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { leavePoms } from './skeleton.ts';

test('T14 of a tree only its poms are left, and an empty class and test for each module', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-maven-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const files = {
    'pom.xml': '<project><build><testSourceDirectory>${basedir}/tests</testSourceDirectory></build></project>',
    'core/pom.xml': '<project/>',
    'core/src/main/java/a/Broken.java': 'does not compile',
    'core/src/test/java/a/BrokenTest.java': 'does not compile',
    'src/site/resources/profile.jacoco': 'x',
    'build.xml': '<exec/>',
    'run.sh': 'touch /tmp/ran',
    'lib/own.jar': 'jar',
    'app.properties': 'a=1',
    '.mvn/jvm.config': '-Xmx1g',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  symlinkSync('/etc/passwd', join(dir, 'link.properties'));
  await leavePoms(dir);
  const left = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(dir, path)).isFile(),
  );
  const java = [
    'src/main/java/omk/resolves/Omk.java',
    'src/test/java/omk/resolves/OmkTest.java',
    'tests/omk/resolves/OmkTest.java',
  ];
  const kept = ['.mvn/jvm.config', 'app.properties', 'core/pom.xml', 'lib/own.jar', 'pom.xml'];
  const emptied = ['build.xml', 'run.sh', 'src/site/resources/profile.jacoco'];
  assert.deepEqual(left.sort(), [...kept, ...emptied, ...java, ...java.map((path) => `core/${path}`)].sort());
  for (const path of kept) assert.notEqual(readFileSync(join(dir, path), 'utf8'), '', path);
  for (const path of emptied) assert.equal(readFileSync(join(dir, path), 'utf8'), '', path);
});
