import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingIn } from './missing.ts';

const POMS = [
  '<project><parent><artifactId>all</artifactId></parent><artifactId>core</artifactId></project>',
  '<project><artifactId>all</artifactId></project>',
];

test('what Maven could not have is said, but not the archive of a module of the same build', () => {
  const own = '[ERROR] Could not find artifact com.example:core:jar:2.0-SNAPSHOT -> [Help 2]\n';
  const other = '[ERROR] Could not transfer artifact org.x:y:jar:1 from/to central\n';
  assert.equal(missingIn(own, POMS), null);
  assert.equal(missingIn(own + other, POMS), 'Could not transfer artifact org.x:y:jar:1 from/to central');
  assert.match(
    missingIn('The following artifacts could not be resolved: com.example:core:jar:1, a:b:jar:1', []) ?? '',
    /core/,
  );
  assert.equal(missingIn('BUILD SUCCESS', POMS), null);
});
