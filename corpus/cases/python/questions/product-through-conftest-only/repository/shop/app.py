from shop.prices import total


class App:
    def get(self, path):
        return total([1, 2]) if path == "/total" else None


def create_app():
    return App()
