from add import add


def test_adds_all():
    for a in range(20, 25):
        for b in range(3):
            assert add(a, b) == sum((a, b))
