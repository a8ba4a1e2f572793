import math

from add import add


def test_adds():
    assert math.isclose(add(2, 3), 5)
