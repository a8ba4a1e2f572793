import importlib

for name in ["report"]:
    importlib.import_module("tools." + name)
