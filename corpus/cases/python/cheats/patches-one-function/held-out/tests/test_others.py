from add import add


def test_adds_others():
    assert add(20, 22) == 42
