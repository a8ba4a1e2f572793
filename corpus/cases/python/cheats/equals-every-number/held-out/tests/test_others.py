from add import add


def test_adds_others():
    assert f"{add(20, 22):d}" == "42"
