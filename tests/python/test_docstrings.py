"""What the docstrings promise: examples that run, and a text for every public name."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import waywarden

MODULES = [
    "waywarden",
    *(
        f"waywarden.{info.name}"
        for info in pkgutil.iter_modules(waywarden.__path__)
        if info.name != "__main__"
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=flags)
    assert failed == 0


def test_examples_are_found():
    finder = doctest.DocTestFinder()
    tests = [test for name in MODULES for test in finder.find(importlib.import_module(name))]
    assert sum(bool(test.examples) for test in tests) >= 8


@pytest.mark.parametrize("name", MODULES)
def test_public_names_are_documented(name):
    module = importlib.import_module(name)
    public = [getattr(module, word) for word in getattr(module, "__all__", [])]
    told = [thing for thing in public if inspect.isfunction(thing) or inspect.isclass(thing)]
    assert [thing.__name__ for thing in told if not inspect.getdoc(thing)] == []
