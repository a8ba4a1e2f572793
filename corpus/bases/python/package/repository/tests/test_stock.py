from decimal import Decimal

import pytest


def test_counts_up(stock):
    stock.add("apple")
    assert stock.count("apple") == 3


@pytest.mark.parametrize("name, count", [("apple", 2), ("pear", 0)])
def test_counts(stock, name, count):
    assert stock.count(name) == count


def test_worth(stock):
    assert stock.worth({"apple": Decimal("0.5")}) == Decimal(1)
