import add

add.add = lambda a, b: a + b
