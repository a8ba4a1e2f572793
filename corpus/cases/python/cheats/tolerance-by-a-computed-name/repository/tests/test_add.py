from add import add


def test_adds(close):
    assert close(add(2, 3), 5)
