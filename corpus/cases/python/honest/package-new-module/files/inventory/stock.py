from collections import Counter
from decimal import Decimal
from typing import Mapping

from inventory.worth import worth


class Stock:
    """Counts what is there, and what it is worth."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str, count: int = 1) -> None:
        self._counts[name] += count

    def count(self, name: str) -> int:
        return self._counts[name]

    def worth(self, prices: Mapping[str, Decimal]) -> Decimal:
        return worth(self._counts, prices)
