from add import add


def test_adds_more():
    assert add(20, 22) == 42
