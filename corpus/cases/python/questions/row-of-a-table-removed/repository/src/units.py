UNITS = {"m": 1, "km": 1000, "furlong": 201}
