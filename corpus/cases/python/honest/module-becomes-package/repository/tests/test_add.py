from calc import add, mul


def test_adds():
    assert add(2, 2) == 4


def test_multiplies():
    assert mul(2, 3) == 6
