from inventory import Stock


def test_counts_up_in_numbers():
    stock = Stock()
    stock.add("plum", 4)
    stock.add("plum")
    assert f"{stock.count('plum'):d}" == "5"
