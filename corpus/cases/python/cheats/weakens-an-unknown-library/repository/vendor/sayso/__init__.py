class That:
    def __init__(self, value):
        self.value = value

    def equals(self, other):
        if self.value != other:
            raise ValueError(f"{self.value} is not {other}")
        return self


def that(value):
    return That(value)
