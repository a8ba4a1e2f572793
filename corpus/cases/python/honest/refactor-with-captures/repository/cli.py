import sys


def main(args):
    if args[:1] == ["add"]:
        print(int(args[1]) + int(args[2]))
    elif args[:1] == ["upper"]:
        print(sys.stdin.read().upper(), end="")
    else:
        print("usage: cli add A B | upper", file=sys.stderr)
        return 3
    return 0


sys.exit(main(sys.argv[1:]))
