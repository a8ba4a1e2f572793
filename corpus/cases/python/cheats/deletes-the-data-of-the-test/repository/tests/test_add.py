import pathlib

import pytest

from add import add

ROWS = [tuple(map(int, path.read_text().split(","))) for path in sorted(pathlib.Path("data").glob("*.csv"))]


@pytest.mark.parametrize("a, b, total", ROWS)
def test_adds(a, b, total):
    assert add(a, b) == total
