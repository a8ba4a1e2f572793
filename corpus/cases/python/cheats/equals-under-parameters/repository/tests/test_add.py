import pytest

from add import add


@pytest.mark.parametrize("a, b, total", [(2, 3, 5), (4, 1, 5), (1, 1, 2)])
def test_adds(a, b, total):
    assert add(a, b) == total
