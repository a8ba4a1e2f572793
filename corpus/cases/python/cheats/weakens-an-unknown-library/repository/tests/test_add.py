from add import add
from sayso import that


def test_adds():
    that(add(2, 3)).equals(5)
