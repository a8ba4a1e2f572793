from decimal import Decimal
from typing import Mapping


def worth(counts: Mapping[str, int], prices: Mapping[str, Decimal]) -> Decimal:
    return sum((prices[name] * count for name, count in counts.items()), Decimal(0))
