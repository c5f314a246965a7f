"""The exceptions of the engine as Python sees them."""

import pickle

import pytest

import waywarden
from waywarden import _engine


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (waywarden.InputError, ValueError),
        (waywarden.OptionError, ValueError),
        (waywarden.CrsError, ValueError),
        (waywarden.DisclosureError, ValueError),
        (waywarden.FileError, OSError),
        (waywarden.RefusedError, OSError),
    ],
)
def test_errors_are_what_python_users_catch(error, builtin):
    assert issubclass(error, waywarden.Error)
    assert issubclass(error, builtin)


def test_engine_error_arrives_as_its_class():
    with pytest.raises(waywarden.CrsError, match="cannot read"):
        _engine.wkt("no such system")


@pytest.mark.parametrize("error", [waywarden.InputError, waywarden.FileError])
def test_error_says_where_and_survives_pickling(error):
    copy = pickle.loads(
        pickle.dumps(error("cut short", file="a.gpkg", layer="roads", feature="R7"))
    )
    assert type(copy) is error
    assert str(copy) == "file 'a.gpkg', layer 'roads', feature 'R7': cut short"
    assert (copy.file, copy.layer, copy.feature, copy.reason) == (
        "a.gpkg",
        "roads",
        "R7",
        "cut short",
    )
