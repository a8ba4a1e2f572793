import pytest


@pytest.mark.parametrize("times", [1, 2, 5])
def test_adds_up(stock, times):
    for _ in range(times):
        stock.add("pear")
    assert stock.count("pear") == times
