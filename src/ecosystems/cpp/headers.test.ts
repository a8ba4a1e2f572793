import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ctest } from './ctest/reader.ts';
import { toldByCompilers } from './headers.ts';

const { loads } = toldByCompilers(ctest);

test('headers that compilers found outside of the checkout, by the names they are included by', () => {
  const rules = [
    'm.o: m.c src/sums.h /usr/include/assert.h \\\n /usr/include/x86_64-linux-gnu/bits/types.h',
    'n.o: n.cc /usr/include/c++/12/vector /usr/include/x86_64-linux-gnu/c++/12/bits/c++config.h \\',
    ' /usr/lib/gcc/x86_64-linux-gnu/12/include/stddef.h /usr/include/gtest/gtest.h\n',
  ];
  assert.deepEqual(loads?.read([rules.join('\n')], new Set()), {
    outside: ['<assert.h>', '<bits/c++config.h>', '<bits/types.h>', '<gtest/gtest.h>', '<stddef.h>', '<vector>'],
  });
  assert.equal(loads.read(['m.o: m.c src/sums.h\n'], new Set()), null);
});
