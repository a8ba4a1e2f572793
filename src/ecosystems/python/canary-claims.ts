/** Claims of one runner's own: how they are defined, and their names with a comma each, all in Python. */
interface Claims {
  define(a: number, b: number): string;
  name(a: number): string;
}

const NONE: Claims = { define: () => '', name: () => '' };

export const PYTEST_CLAIMS: Claims = {
  define: (a, b) => `
    import pytest

    def near():
        assert ${a} == pytest.approx(${b}, abs=0.5, rel=0)

    def near_list():
        assert [${a}] == pytest.approx([${b}], abs=0.5, rel=0)

    def raises():
        with pytest.raises(ValueError):
            pass

    def raises_other():
        with pytest.raises(ValueError, match="^${b}$"):
            raise ValueError("${a}")

    def warns():
        with pytest.warns(UserWarning):
            pass

    def deprecated():
        with pytest.deprecated_call():
            pass
`,
  name: (a) =>
    ['near', 'near_list', 'raises', 'raises_other', 'warns', 'deprecated', `lambda: pytest.fail("${a}")`]
      .map((claim) => `        ${claim},\n`)
      .join(''),
};

/** A function that says whether every one of its false claims was refused, by a test case of its own or the one given. */
export const claims = (id: string, a: number, b: number, more: Claims = NONE): string => `
import unittest as ${id}_unittest


def ${id}(case=None):
    import unittest.mock
    import warnings
${more.define(a, b)}
    through = []
    case = case or unittest.TestCase()
    mock = unittest.mock.Mock()
    mock(${a})
    silent = unittest.mock.Mock()

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

    def case_raises():
        with case.assertRaises(ValueError):
            pass

    def case_raises_regex():
        with case.assertRaisesRegex(ValueError, "^${b}$"):
            raise ValueError("${a}")

    def case_warns():
        with case.assertWarns(UserWarning):
            pass

    def case_warns_regex():
        with case.assertWarnsRegex(UserWarning, "^${b}$"):
            warnings.warn("${a}")

    def case_logs():
        with case.assertLogs("${id}"):
            pass

    for lie in (
        plain,
        negated,
        case_raises,
        case_raises_regex,
        case_warns,
        case_warns_regex,
        case_logs,
${more.name(a)}        lambda: case.fail("${a}"),
        lambda: case.assertTrue(False),
        lambda: case.assertFalse(True),
        lambda: case.assertEqual(${a}, ${b}),
        lambda: case.assertNotEqual(${a}, ${a}),
        lambda: case.assertIs(None, case),
        lambda: case.assertIsNot(case, case),
        lambda: case.assertIsNone(${a}),
        lambda: case.assertIsNotNone(None),
        lambda: case.assertIn(${a}, [${b}]),
        lambda: case.assertNotIn(${a}, [${a}]),
        lambda: case.assertIsInstance(${a}, str),
        lambda: case.assertNotIsInstance(${a}, int),
        lambda: case.assertAlmostEqual(1.0, 2.0),
        lambda: case.assertNotAlmostEqual(1.0, 1.0),
        lambda: case.assertGreater(${a}, ${b}),
        lambda: case.assertGreaterEqual(${a}, ${b}),
        lambda: case.assertLess(${b}, ${a}),
        lambda: case.assertLessEqual(${b}, ${a}),
        lambda: case.assertRegex("${a}", "^${b}$"),
        lambda: case.assertNotRegex("${a}", "^${a}$"),
        lambda: case.assertSequenceEqual([${a}], [${b}]),
        lambda: case.assertListEqual([${a}], [${b}]),
        lambda: case.assertTupleEqual((${a},), (${b},)),
        lambda: case.assertSetEqual({${a}}, {${b}}),
        lambda: case.assertDictEqual({"a": ${a}}, {"a": ${b}}),
        lambda: case.assertMultiLineEqual("${a}", "${b}"),
        lambda: case.assertCountEqual([${a}], [${b}]),
        lambda: silent.assert_called(),
        lambda: silent.assert_called_once(),
        lambda: mock.assert_not_called(),
        lambda: mock.assert_called_with(${b}),
        lambda: mock.assert_called_once_with(${b}),
        lambda: mock.assert_any_call(${b}),
        lambda: mock.assert_has_calls([unittest.mock.call(${b})]),
    ):
        claim(lie)
    return not through
`;
