from one import ONE


def add(a, b):
    return a + b * ONE
