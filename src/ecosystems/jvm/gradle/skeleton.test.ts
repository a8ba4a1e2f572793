import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { leaveScripts } from './skeleton.ts';

test('sources that are not of the build become one empty class for each source set', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-gradle-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const files = [
    'build.gradle',
    'src/main/java/a/A.java',
    'src/test/resources/data.txt',
    'lib/src/test/kotlin/BTest.kt',
    'buildSrc/src/main/groovy/Own.groovy',
    'tools/plugins/src/main/kotlin/plugin.gradle.kts',
  ];
  for (const path of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), '');
  }
  writeFileSync(join(dir, 'settings.gradle.kts'), 'pluginManagement { includeBuild("./tools/plugins") }\n');
  await leaveScripts(dir);
  const left = globSync('**/*', { cwd: dir, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.deepEqual(left.map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1)).sort(), [
    'build.gradle',
    'buildSrc/src/main/groovy/Own.groovy',
    'lib/src/test/java/omk/resolves/OmkTest.java',
    'settings.gradle.kts',
    'src/main/java/omk/resolves/OmkTest.java',
    'src/test/resources/data.txt',
    'tools/plugins/src/main/kotlin/plugin.gradle.kts',
  ]);
});
