import { numbers, ordered, type CanaryMaker } from './port.ts';

const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;

export const pytestCanary: CanaryMaker = {
  name: (hex) => `test_omk_canary_${hex}`,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: ['-k', '-m', '--lf', '--last-failed', '--deselect'],
  unless: { files: ['pytest.ini', '.pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg'], says: /^\s*python_functions\s*=/m },
  plant(_path, content, name) {
    // Every test of such a file has to take the parameter.
    if (/^pytestmark\s*=[^\n]*(?:\n[^\S\n][^\n]*)*\bparametrize\b/m.test(content)) return null;
    const [a, b] = numbers(name);
    return `${content}

def ${name}():
    import unittest

    import pytest

    through = []

    def claim(lie):
        try:
            lie()
        except BaseException:
            return
        through.append(lie)

    def plain():
        assert ${a} == ${b}

    def negated():
        assert not ${a}

    def raises():
        with pytest.raises(ValueError):
            pass

    def case_raises():
        with case.assertRaises(ValueError):
            pass

    case = unittest.TestCase()
    for lie in (
        plain,
        negated,
        raises,
        case_raises,
        lambda: pytest.fail("${a}"),
        lambda: case.fail("${a}"),
        lambda: case.assertTrue(False),
        lambda: case.assertFalse(True),
        lambda: case.assertEqual(${a}, ${b}),
        lambda: case.assertNotEqual(${a}, ${a}),
        lambda: case.assertIs(None, case),
        lambda: case.assertIsNone(${a}),
        lambda: case.assertIsNotNone(None),
        lambda: case.assertIn(${a}, [${b}]),
        lambda: case.assertNotIn(${a}, [${a}]),
        lambda: case.assertIsInstance(${a}, str),
        lambda: case.assertAlmostEqual(1.0, 2.0),
        lambda: case.assertGreater(${a}, ${b}),
        lambda: case.assertLess(${b}, ${a}),
        lambda: case.assertRegex("${a}", "^${b}$"),
        lambda: case.assertListEqual([${a}], [${b}]),
        lambda: case.assertDictEqual({"a": ${a}}, {"a": ${b}}),
        lambda: case.assertCountEqual([${a}], [${b}]),
    ):
        claim(lie)
    if not through:
        raise AssertionError("omk canary: every false claim was refused, as it must be")
`;
  },
};
