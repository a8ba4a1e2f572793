from add import add


def test_adds():
    assert add(2, 3) == 5
