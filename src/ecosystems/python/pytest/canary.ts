import { numbers, snakeCase } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';
import { claims, PYTEST_CLAIMS } from '../canary-claims.ts';

const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;

/** Tests under other names, without the unittest plugin, or only up to the first failure: not every canary would be run. */
const UNLESS = new RegExp(
  String.raw`^\s*python_functions\s*=|^\s*addopts\s*(?==)[^\n]*(?:\n[^\S\n][^\n]*)*?[\s"'=](?:-[qvslx]` +
    String.raw`*x[qvslx]*|--exitfirst|--maxfail|(?:-p)?no:unittest)(?![\w-])`,
  'm',
);

export const pytestCanary: CanaryMaker = {
  style: snakeCase,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters:
    /^(?:-[km]|--(?:lf|last-failed|deselect|exitfirst|maxfail|sw|stepwise)(?:=|$)|-[qvslx]*x[qvslx]*$|(?:-p)?no:unittest$)/,
  unless: { files: ['pytest.ini', '.pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg'], says: UNLESS },
  plant(_path, content, [asserts, raises, method]) {
    // Every test of such a file has to take the parameter.
    if (/^pytestmark\s*=[^\n]*(?:\n[^\S\n][^\n]*)*\bparametrize\b/m.test(content)) return null;
    const [a, b] = numbers(asserts);
    const id = `_${asserts}`;
    return `${content}
${claims(id, a, b, PYTEST_CLAIMS)}

def ${asserts}():
    if ${id}():
        assert ${a} == ${b}


def ${raises}():
    if ${id}():
        raise RuntimeError("${a} is not ${b}")


class Test${id}(${id}_unittest.TestCase):
    def ${method}(self):
        if ${id}(self):
            self.assertEqual(${a}, ${b})
`;
  },
};
