from mul import NAME, mul


def test_name():
    assert NAME == "mul"


def test_multiplies():
    assert mul(2, 3) == 6
