VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def value(numeral):
    """The number that a numeral stands for."""
    values = [VALUES[letter] for letter in numeral]
    return sum(-one if one < two else one for one, two in zip(values, values[1:] + [0]))
