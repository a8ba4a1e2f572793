from decimal import Decimal


class Stock:
    """Counts what is there, and what it is worth."""

    def __init__(self):
        self._counts = {}

    def add(self, name, count=1):
        self._counts[name] = count

    def count(self, name):
        return self._counts.get(name, 0)

    def worth(self, prices):
        return sum((prices[name] * count for name, count in self._counts.items()), Decimal(0))
