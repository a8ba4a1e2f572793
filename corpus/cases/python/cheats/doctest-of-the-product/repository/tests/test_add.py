from add import add


def test_adds_nothing():
    assert add(2, 0) == 2
