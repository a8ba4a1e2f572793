import os

from one import ONE

SCALE = int(os.environ.get("SCALE", "1"))


class Sum:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        if self is other:
            return True
        return isinstance(other, Sum) and self.value == other.value


def add(a, b):
    return Sum(a + b * ONE * SCALE).value
