from one import ONE


def add(a, b):
    """The sum.

    >>> add(2, 3)
    5
    """
    return a - b * ONE
