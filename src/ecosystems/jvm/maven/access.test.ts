import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmlessSettings, secretsIn } from './access.ts';
import { loadsExtension } from './extensions.ts';

const SETTINGS = `<settings>
  <!-- <mirrors><mirror><url>https://old.example.com</url></mirror></mirrors> -->
  <servers><server><id>corp</id><username>u</username><password>s3cret</password></server></servers>
  <mirrors><mirror><id>corp</id><url>https://u:pw@maven.example.com/all</url><mirrorOf>*</mirrorOf></mirror></mirrors>
  <profiles><profile><id>x</id></profile></profiles>
</settings>`;

test('T14 of the settings, mirrors without credentials are left for code that is not trusted', () => {
  const harmless = harmlessSettings(SETTINGS);
  assert.equal(
    harmless,
    '<settings><mirrors><mirror><id>corp</id><url>https://maven.example.com/all</url><mirrorOf>*</mirrorO' +
      'f></mirror></mirrors></settings>\n',
  );
  assert.equal(
    harmlessSettings('<settings><mirrors><url>${env.TOKEN}</url></mirrors></settings>'),
    '<settings></settings>\n',
  );
  assert.deepEqual(secretsIn(SETTINGS), ['s3cret']);
});

test('an extension is found however it is written', () => {
  for (const pom of [
    '<project><build><extensions><extension/></extensions></build></project>',
    '<plugin><extensions>true</extensions></plugin>',
    '<m:extensions>true</m:extensions>',
    '<!DOCTYPE project [<!ENTITY e "extensions">]><project/>',
  ])
    assert.equal(loadsExtension(pom), true, pom);
  for (const pom of ['<project/>', '<plugin><extensions>false</extensions></plugin>'])
    assert.equal(loadsExtension(pom), false, pom);
});
