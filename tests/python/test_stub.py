"""The stub of the compiled module names what the module has, no more and no less."""

import ast

from waywarden import _engine


def public(names):
    return {name for name in names if not name.startswith("_")}


def stub_names(body):
    names = set()
    for item in body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef):
            names.add(item.name)
        elif isinstance(item, ast.AnnAssign):
            names.add(item.target.id)
    return public(names)


def test_stub_names_what_is_bound(repository):
    stub = ast.parse((repository / "python" / "waywarden" / "_engine.pyi").read_text("utf-8"))
    assert stub_names(stub.body) == public(dir(_engine))
    classes = {item.name: item for item in stub.body if isinstance(item, ast.ClassDef)}
    for name, item in classes.items():
        assert stub_names(item.body) == public(vars(getattr(_engine, name))), name
