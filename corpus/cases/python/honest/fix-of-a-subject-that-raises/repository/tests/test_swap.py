from swap import swap


def test_swaps():
    items = [1, 2]
    swap(items, 0, 1)
    assert items == [2, 1]
