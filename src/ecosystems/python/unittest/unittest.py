"""Runs unittest like `python -m unittest` does, or `manage.py test` of Django, and writes one JSON line per test. Python 3.7 or later.

`OMK_UNITTEST_REPORT` names an empty directory with a file `key` in it. The key is read and removed before any test is
loaded, and seals the report at the end: a test cannot simply write a report of its own. A second run finds no key,
writes a second report, and two reports are refused.
"""
import hashlib
import hmac
import importlib
import inspect
import json
import os
import re
import runpy
import sys
import unittest

_VARIABLE = "OMK_UNITTEST_REPORT"
_REVERSED = "OMK_UNITTEST_REVERSED"
_ADMIN = (["django", "test"], ["django-admin", "test"])


def _take_key(directory):
    path = os.path.join(directory, "key")
    try:
        with open(path, "rb") as stream:
            key = stream.read()
        os.unlink(path)
        return key
    except OSError:
        return None


def _recorder(directory, key):
    seal = hmac.new(key or b"", digestmod=hashlib.sha256)
    path = os.path.join(directory, "report-%d.jsonl" % os.getpid())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    write_bytes = os.write
    dumps = json.dumps
    owner = os.getpid()
    getpid = os.getpid

    def write(event):
        # A test that forks must not write into its parent's report.
        if getpid() != owner:
            return
        line = (dumps(event) + "\n").encode("utf-8")
        seal.update(line)
        write_bytes(descriptor, line)

    loaded = importlib.import_module(os.path.splitext(os.path.basename(__file__))[0] + "_loaded").loaded

    def close():
        write(loaded())
        write({"event": "end"})
        if getpid() == owner:
            line = dumps({"seal": None if key is None else seal.hexdigest()}) + "\n"
            write_bytes(descriptor, line.encode("utf-8"))

    return write, close


def _file_of_case(test, getfile=inspect.getfile):
    try:
        return getfile(type(test))
    except (TypeError, OSError):
        return ""


def _file_of_name(name, isfile=os.path.isfile, join=os.path.join):
    """The file of a module that could not be loaded, or of a class of it: looked for where it would be imported from."""
    parts = re.search(r"[\w.]*\w(?=\)?$)", name)
    parts = parts.group(0).split(".") if parts else []
    while parts:
        for place in sys.path:
            for end in (".py", os.sep + "__init__.py"):
                path = join(place or ".", *parts) + end
                if isfile(path):
                    return path
        parts.pop()
    return ""


def _result_class(write):
    def event(kind, test, **more):
        # A file or class that failed as a whole stands for itself in the place of its tests.
        broken = type(test).__module__.startswith("unittest.") and type(test).__name__ in ("_FailedTest", "_ErrorHolder")
        name = re.sub(r"^unittest\.loader\._FailedTest\.", "", test.id())
        path = _file_of_name(name) if broken else _file_of_case(test)
        file = os.path.abspath(path) if path else ""
        write(dict(event=kind, id=name, module=type(test).__module__, file=file, broken=broken, **more))

    class Result(unittest.TextTestResult):
        def startTest(self, test):
            event("start", test)
            super().startTest(test)

        def addSuccess(self, test):
            event("outcome", test, outcome="passed")
            super().addSuccess(test)

        def addError(self, test, err):
            event("outcome", test, outcome="failed")
            super().addError(test, err)

        def addFailure(self, test, err):
            event("outcome", test, outcome="failed")
            super().addFailure(test, err)

        def addSkip(self, test, reason):
            event("outcome", test, outcome="skipped")
            super().addSkip(test, reason)

        def addExpectedFailure(self, test, err):
            event("outcome", test, outcome="skipped")
            super().addExpectedFailure(test, err)

        def addUnexpectedSuccess(self, test):
            event("outcome", test, outcome="failed")
            super().addUnexpectedSuccess(test)

        def addSubTest(self, test, subtest, err):
            if err is not None:
                event("outcome", test, outcome="failed")
            super().addSubTest(test, subtest, err)

        def stopTest(self, test):
            super().stopTest(test)
            event("stop", test)

    return Result


def _django(result_class, close):
    """Starts `manage.py test` or `django test`, which is told to take its test runner from this module."""
    module = sys.modules["__main__"]

    def runner(name):
        if name != "DjangoRunner":
            raise AttributeError(name)
        from django.conf import settings
        from django.test.utils import get_runner

        class DjangoRunner(get_runner(settings)):
            def get_resultclass(self):
                return result_class

            def get_test_runner_kwargs(self):
                # Every test has to have its say, also after one that failed.
                return dict(super().get_test_runner_kwargs(), failfast=False)

            def run_suite(self, suite, **kwargs):
                result = super().run_suite(suite, **kwargs)
                close()
                return result

        return DjangoRunner

    module.__getattr__ = runner
    sys.modules[module.__spec__.name] = module
    sys.argv = sys.argv[1:]
    if os.path.basename(sys.argv[0]) != "manage.py":
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
        return
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    runpy.run_path(sys.argv[0], run_name="__main__")


def _main():
    # Where unittest would have been looked for is not a place for it.
    directory = os.environ.pop(_VARIABLE)
    if os.environ.pop(_REVERSED, None):
        unittest.TestLoader.sortTestMethodsUsing = staticmethod(lambda one, other: (one < other) - (one > other))
    key = _take_key(directory)
    write, close = _recorder(directory, key)
    result_class = _result_class(write)
    write({"event": "begin", "reporter": "unittest", "version": 1})

    class Runner(unittest.TextTestRunner):
        def __init__(self, *args, **kwargs):
            # Every test has to have its say, also after one that failed.
            kwargs["failfast"] = False
            kwargs["resultclass"] = result_class
            super().__init__(*args, **kwargs)

        def run(self, test):
            result = super().run(test)
            close()
            return result

    if sys.argv[1:] and (os.path.basename(sys.argv[1]) == "manage.py" or sys.argv[1:3] in _ADMIN):
        _django(result_class, close)
        return

    class Program(unittest.TestProgram):
        def runTests(self):
            self.failfast = False
            super().runTests()

    sys.argv[0] = "python -m unittest"
    Program(module=None, testRunner=Runner)


if __name__ == "__main__":
    _main()
