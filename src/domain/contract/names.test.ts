import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { namesFile } from './names.ts';

suite('namesFile', () => {
  const yes: readonly (readonly [string, string, string])[] = [
    ['test/a.test.js', "import { add } from '../src/add.js'", 'src/add.js'],
    ['test/a.test.ts', "import { add } from '../src/add.js'", 'src/add.ts'],
    ['test/a.test.ts', "import { add } from '../src/add'", 'src/add.tsx'],
    ['test/a.test.js', "require('../src/add')", 'src/add/index.js'],
    ['jest.config.js', 'transform: { x: "<rootDir>/build/transform.cjs" }', 'build/transform.cjs'],
    ['jest.config.js', "setupFiles: ['./setup/env']", 'setup/env.js'],
    ['src/a.ts', "import x from '@/lib/money'", 'src/lib/money.ts'],
    ['a.js', "import x from '@acme/kit/lib/money'", 'packages/kit/lib/money.js'],
    ['test_calc.py', 'from calc import add', 'calc.py'],
    ['tests/test_a.py', 'from app.core import (\n    money,\n    units,\n)', 'app/core/money.py'],
    ['tests/test_a.py', 'import app.core.money', 'src/app/core/money.py'],
    ['settings.py', 'INSTALLED_APPS = ["shop.apps"]', 'shop/apps.py'],
    ['spec/a_spec.rb', "require 'shop/line_item'", 'lib/shop/line_item.rb'],
    ['spec/a_spec.rb', 'expect(LineItem.new)', 'app/models/line_item.rb'],
    ['tests/ATest.php', 'use Shop\\LineItem;', 'src/LineItem.php'],
    ['Makefile', '-include local.make', 'local.make'],
    ['src/a.js', "readFileSync(new URL('./data/rows.json', import.meta.url))", 'src/data/rows.json'],
  ];
  for (const [from, text, target] of yes)
    test(`${text} in ${from} names ${target}`, () => assert.equal(namesFile(from, text, target), true));

  const no: readonly (readonly [string, string, string])[] = [
    ['test/a.test.js', "import { add } from '../src/add.js'", 'lib/add.js'],
    ['src/style.js', "element.style['transform'] = 'none'", 'build/transform.cjs'],
    ['test/a.test.js', "import { add } from 'add'", 'src/add.js'],
    ['test_calc.py', '# argparse is not used here', 'argparse.py'],
    ['a.py', 'x = transform(y)', 'build/transform.py'],
  ];
  for (const [from, text, target] of no)
    test(`${text} in ${from} does not name ${target}`, () => assert.equal(namesFile(from, text, target), false));
});
