import { numbers, snakeCase } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';
import { claims } from '../canary-claims.ts';

/** What unittest discovers when it is not told another pattern; files given by name are as likely to be called so. */
const TEST_FILE = /(?:^|\/)(?:test[^/]*|[^/]*_tests?)\.py$/;
/** A file that runs its tests when it is started. */
const STARTS = /^if\s+__name__\s*==/m;

export const unittestCanary: CanaryMaker = {
  style: snakeCase,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  // A name, where tests are not discovered, would have to be the canary's.
  filters: /^(?:-k.*|-f|--failfast|[\w]+(?:\.\w+)*\.[A-Z]\w*(?:\.\w+)?)$/,
  plant(_path, content, [asserts, raises, states]) {
    if (/^(?:async\s+)?def\s+load_tests\b/m.test(content)) return null;
    const [a, b] = numbers(asserts);
    const id = `_${asserts}`;
    const planted = `${claims(id, a, b)}

class Test${id}(${id}_unittest.TestCase):
    def ${asserts}(self):
        if ${id}(self):
            self.assertEqual(${a}, ${b})

    def ${raises}(self):
        if ${id}():
            raise RuntimeError("${a} is not ${b}")

    def ${states}(self):
        if ${id}():
            assert ${a} == ${b}
`;
    // Before what runs the tests where the file is a program.
    const at = STARTS.exec(content)?.index ?? content.length;
    return `${content.slice(0, at)}\n${planted}\n\n${content.slice(at)}`;
  },
};
