import pytest

from units import UNITS


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_positive(unit):
    assert UNITS[unit] > 0


def test_no_furlong():
    assert "furlong" not in UNITS
