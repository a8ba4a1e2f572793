def swap(items, a, b):
    if a == b:
        raise ValueError(a)
    items[a], items[b] = items[a], items[b]
