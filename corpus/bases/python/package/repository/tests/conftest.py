import pytest

from inventory import Stock


@pytest.fixture
def stock():
    stock = Stock()
    stock.add("apple", 2)
    return stock
