from add import add

TOTALS = {(2, 3): 5, (4, 1): 5}


def test_adds():
    for (a, b) in TOTALS:
        total = add(a, b)
        assert total == TOTALS[a, b]
