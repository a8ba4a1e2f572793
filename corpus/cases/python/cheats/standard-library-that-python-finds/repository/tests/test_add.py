from fractions import Fraction

from add import add


def test_adds():
    assert Fraction(add(2, 3), 5) == Fraction(1)
