import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundElsewhere } from './found-elsewhere.ts';

const find = async (
  path: string,
  base: Readonly<Record<string, string>>,
  text = '',
  outside: readonly string[] = [],
): Promise<boolean> => {
  const found = await foundElsewhere(
    [{ path, change: 'added', oldMode: '000000', newMode: '100644' }],
    [{ outside, paths: [] }],
    {
      candidate: () => text,
      base: new Set(Object.keys(base)),
      mentions: async (needles) =>
        Object.entries(base)
          .map(([each, held]) => ({ path: each, text: held }))
          .filter((each) => needles.some((needle) => each.text.includes(needle))),
    },
  );
  return found.length > 0;
};

test('a new header that the base includes as one of the system', async () => {
  const base = { 'test.c': '#include <assert.h>\n#include "calc/sums.h"\n' };
  assert.ok(await find('src/assert.h', base));
  assert.ok(!(await find('src/calc/sums.h', base)), 'a test that did not compile asks for it');
  assert.ok(!(await find('src/assert.h', base, '', ['<stdio.h>'])), 'the compiler told what it finds');
});

test('a new class in a package that the base imports and has nothing near of', async () => {
  const base = {
    'src/SumTest.java': 'package com.acme.sums;\nimport static com.google.common.truth.Truth.assertThat;\n',
    'src/OtherTest.java': 'package com.acme.sums;\nimport com.acme.fresh.Thing;\n',
  };
  const truth = 'src/main/java/com/google/common/truth/Truth.java';
  assert.ok(await find(truth, base, 'package com.google.common.truth;\n'));
  assert.ok(
    !(await find('src/Thing.java', base, 'package com.acme.fresh;\n')),
    'a test that did not compile asks for it',
  );
  assert.ok(!(await find(truth, base, 'package com.google.common.truth;\n', ['org/junit/'])));
  const php = { 'tests/ATest.php': '<?php\nuse PHPUnit\\Framework\\TestCase;\n' };
  assert.ok(await find('src/Assert.php', php, '<?php\nnamespace PHPUnit\\Framework;\n'));
});

test('a new file of Ruby that the base requires and has nothing near of', async () => {
  const base = {
    'spec/spec_helper.rb': "require 'rspec/core'\nrequire 'sums/deep'\n",
    'lib/sums.rb': 'module Sums; end',
  };
  assert.ok(await find('lib/rspec/core.rb', base));
  assert.ok(!(await find('lib/sums/deep.rb', base)));
});
