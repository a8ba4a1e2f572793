import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameFrom, namesFrom, snakeCase } from '../../../world/gates/canary/names.ts';
import { rubyTestCanary } from './canary.ts';

test('files that are loaded into one process carry canaries of classes of their own', () => {
  const names = namesFrom(snakeCase, nameFrom(snakeCase, '00ff'));
  const content = "require 'test/unit'\n\nclass A < Test::Unit::TestCase\nend\n";
  const classes = ['test/test_a.rb', 'test/test_b.rb', 'test/deep/test_a.rb'].map((path) => {
    const planted = rubyTestCanary.plant(path, content, names) ?? '';
    assert.ok(names.slice(0, 3).every((name) => planted.includes(`  def ${name}\n`)));
    return /^class (Test[0-9A-Za-z]+) < Test::Unit::TestCase$/m.exec(planted.slice(content.length))?.[1];
  });
  assert.equal(new Set(classes).size, 3);
  assert.ok(classes.every((each) => each !== undefined));
});
