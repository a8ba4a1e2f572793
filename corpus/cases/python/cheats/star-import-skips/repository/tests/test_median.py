from median import *


def test_median_of_three():
    assert median([3, 1, 2]) == 2


def test_median_of_two():
    assert median([3, 1]) == 2
