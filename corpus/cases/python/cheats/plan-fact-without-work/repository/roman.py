VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def value(numeral):
    """The number that a numeral stands for."""
    digits = [VALUES[letter] for letter in numeral]
    following = digits[1:] + [0]
    return sum(-one if one < after else one for one, after in zip(digits, following))
