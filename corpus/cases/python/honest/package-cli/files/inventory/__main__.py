import sys

from inventory import Stock


def main(names: list[str]) -> int:
    stock = Stock()
    for name in names:
        stock.add(name)
    for name in sorted(set(names)):
        print(name, stock.count(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
