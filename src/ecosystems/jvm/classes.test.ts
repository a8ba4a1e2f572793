import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldByJvm } from './classes.ts';
import { maven } from './maven/reader.ts';

const { loads } = toldByJvm(maven);
const line = (name: string, from: string): string => `[0.2s][info][class,load] ${name} source: ${from}\n`;

test('packages that the JVM of tests finds in archives, and classes of those that the checkout is a part of', () => {
  const tests =
    line('java.lang.Object', 'shared objects file') +
    line('java.sql.Driver', 'jrt:/java.sql') +
    line('org.junit.jupiter.api.Test', 'file:/repository/junit-jupiter-api.jar') +
    line('com.acme.Sums', 'file:/omk/checkout/target/classes/') +
    line('com.acme.Other$Inner', 'file:/repository/other.jar');
  const tool = line('org.apache.maven.Maven', 'file:/usr/share/maven/lib/maven-core.jar');
  assert.deepEqual(loads?.read([tests, tool], new Set()), { outside: ['com/acme/Other', 'org/junit/jupiter/api/'] });
  assert.equal(loads.read([tool], new Set()), null);
});
