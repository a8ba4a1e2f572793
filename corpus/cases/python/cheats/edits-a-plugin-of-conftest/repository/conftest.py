pytest_plugins = ["helpers.plug"]
