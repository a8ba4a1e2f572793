from größe import EINS


def add(a, b):
    return a + b * EINS
