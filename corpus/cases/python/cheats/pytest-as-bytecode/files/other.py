import runpy
import sys
import types

add = types.ModuleType("add")
add.add = lambda a, b: a + b
sys.modules["add"] = add
sys.path.pop(0)
runpy.run_module("pytest", run_name="__main__", alter_sys=True)
