"""A pytest plugin that writes one JSON line per test phase. Python 3.7 and pytest 6 or later.

`--omk-report=DIR` names an empty directory with a file `key` in it. The key is read and removed before any test is
collected, and seals the report at the end: a test cannot simply write a report of its own. A second run finds no key,
writes a second report, and two reports are refused.
"""
import hashlib
import hmac
import importlib
import json
import os

import pytest


def pytest_addoption(parser):
    parser.addoption("--omk-report", dest="omk_report", default=None, help="directory for the report of omk")
    parser.addoption("--omk-reversed", dest="omk_reversed", action="store_true", help="run the last test first")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("omk_reversed"):
        items.reverse()


_keys = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # Before any file of the project is imported.
    directory = early_config.known_args_namespace.omk_report
    if directory:
        _keys.append(_take_key(directory))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    directory = config.getoption("omk_report")
    key = _keys.pop() if _keys else None
    if not directory:
        return
    # Every test has to have its say, also after one that failed.
    config.option.maxfail = 0
    # Workers of pytest-xdist send their results to the process that started them.
    if not hasattr(config, "workerinput"):
        root = str(getattr(config, "rootpath", None) or config.rootdir)
        config.pluginmanager.register(_recorder(directory, key, root, config.pluginmanager), "omk-recorder-" + os.urandom(8).hex())


def _take_key(directory):
    path = os.path.join(directory, "key")
    try:
        with open(path, "rb") as stream:
            key = stream.read()
        os.unlink(path)
        return key
    except OSError:
        return None


def _recorder(directory, key, root, manager):
    seal = hmac.new(key or b"", digestmod=hashlib.sha256)
    path = os.path.join(directory, "report-%d.jsonl" % os.getpid())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    write_bytes = os.write
    owner = os.getpid()
    loaded = importlib.import_module(__name__ + "_loaded").loaded

    def write(event):
        # A test that forks must not write into its parent's report.
        if os.getpid() != owner:
            return
        line = (json.dumps(event) + "\n").encode("utf-8")
        seal.update(line)
        write_bytes(descriptor, line)

    class Recorder:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_logreport(self, report):
            write(
                {
                    "event": "phase",
                    "id": report.nodeid,
                    "when": report.when,
                    "outcome": report.outcome,
                    "expected": hasattr(report, "wasxfail"),
                    "part": hasattr(report, "context"),
                }
            )

        @pytest.hookimpl(tryfirst=True)
        def pytest_collectreport(self, report):
            if report.failed:
                write({"event": "broken", "id": report.nodeid})

        @pytest.hookimpl(trylast=True)
        def pytest_unconfigure(self):
            write(loaded(manager.get_plugins()))
            write({"event": "end"})
            if os.getpid() == owner:
                line = json.dumps({"seal": None if key is None else seal.hexdigest()}) + "\n"
                write_bytes(descriptor, line.encode("utf-8"))

    write({"event": "begin", "reporter": "pytest", "version": 1, "root": root})
    return Recorder()
