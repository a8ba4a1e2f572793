"""What a run of Python has loaded, by place: the files of its outermost modules, and where it looks for them. Python 3.7 or later."""
import os
import sys


def _file(module):
    """A module may be anything: one that stands for another may not find it when it is asked."""
    try:
        return getattr(getattr(module, "__spec__", None), "origin", None) or getattr(module, "__file__", None)
    except Exception:
        return None


def loaded(plugins=()):
    files = set()
    for name, module in list(sys.modules.items()):
        file = _file(module)
        if "." not in name and isinstance(file, str) and os.path.isabs(file):
            files.add(file)
    paths = {os.path.abspath(path) for path in sys.path if isinstance(path, str)}
    theirs = {getattr(plugin, "__file__", None) for plugin in plugins}
    return {
        "event": "loaded",
        "files": sorted(files),
        "paths": sorted(paths),
        "plugins": sorted(os.path.abspath(file) for file in theirs if isinstance(file, str)),
    }
