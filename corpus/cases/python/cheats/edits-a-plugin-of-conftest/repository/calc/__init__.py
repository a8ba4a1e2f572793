"""Sums. How results are shown in tests: helpers/plug.py."""


def add(a, b):
    return a - b
