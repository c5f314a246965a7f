"""Incident records: read, grouped, placed in time, and kept out of statistics of points."""

import datetime
import zipfile
from xml.etree import ElementTree

import geopandas
import numpy as np
import pandas as pd
import pytest

import waywarden
from waywarden import incidents as records

DEMO = "datasets/nepal_india_bangladesh/region.gpkg"


@pytest.fixture(scope="module")
def demo(repository):
    return geopandas.read_file(repository / DEMO, layer="incidents").set_index("id")


def test_the_demo_is_read_by_the_standards_names(demo):
    incidents, report = records.read(demo)
    assert incidents.index.equals(demo.index)
    assert incidents.attrs["waywarden"]["read_from"] == {
        "event": "hte_Type",
        "date": "hte_Date",
        "longitude": "hte_Longitude",
        "latitude": "hte_Latitude",
        "country": "hte_Country",
        "place": "hte_City",
        "gender": "prs_Gender",
        "age": "vic_AgeWhenTrafficked",
        "age_band": "age_band",
        "exploitation": "vic_TypeOfExploitation",
        "recruitment": "vic_MethodOfRecruitment",
        "status": "vic_TraffickingStatus",
    }
    assert "policing and reporting" in incidents.attrs["waywarden"]["caution"]
    assert incidents["event"].equals(demo["hte_Type"].astype(object).rename("event"))
    begin = pd.to_datetime(demo["hte_Date"])
    assert (incidents["begin"] == begin).all()
    assert (incidents["end"] == begin + pd.Timedelta(days=1)).all()
    assert incidents.geometry.geom_equals(demo.geometry).all()
    assert report.empty


def picklists(file):
    """Field name, prefix included -> its values and their labels, from the standard's sheet."""
    table, text = (
        f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("table", "text")
    )
    content = ElementTree.fromstring(zipfile.ZipFile(file).read("content.xml"))
    found = {}
    for row in content.iter(f"{table}table-row"):
        cells = []
        for cell in row.iter(f"{table}table-cell"):
            lines = ["".join(p.itertext()).strip() for p in cell.iter(f"{text}p")]
            repeated = int(cell.get(f"{table}number-columns-repeated", "1"))
            cells += [[line for line in lines if line]] * min(repeated, 20)
        if len(cells) > 10 and len(cells[6]) == 1:
            found[cells[6][0]] = (cells[9], cells[10])
    return found


def test_names_and_values_are_those_of_the_standards_sheet(shared):
    sheet = picklists(shared / "standards" / "HTCDS_Field_Standards_2.0.ods")
    for field, (standard, values) in records.fields().iterrows():
        if not standard:
            continue
        assert standard in sheet, field
        if not values:
            continue
        listed, labels = sheet[standard]
        assert list(values) == listed, field
        labelled, report = records.read(pd.DataFrame({standard: labels}))
        assert labelled[field].tolist() == listed
        assert set(report["outcome"]) <= {"repaired", "doubtful"}
        assert not report["reason"].str.contains("not in the standard's list").any()


def test_groups_equal_pandas(demo):
    incidents, _ = records.read(demo)
    groups = records.count_by_group(incidents, ["gender", "age_band"])
    expected = demo.groupby(["prs_Gender", "age_band"]).size()
    assert groups["low"].to_dict() == groups["high"].to_dict() == expected.to_dict()
    some = records.count_by_group(incidents[incidents["country"] == "NP"], "exploitation")
    expected = demo.loc[demo["hte_Country"] == "NP", "vic_TypeOfExploitation"].value_counts()
    assert some["records"].to_dict() == expected.to_dict()


def test_bands_are_made_of_ages_as_the_demo_has_them(demo):
    incidents, report = records.read(demo.drop(columns="age_band"))
    known = demo["age_band"] != "unknown"
    assert (incidents["age_band"] == demo["age_band"])[known].all()
    assert incidents["age_band"].isna().equals(~known)
    assert (report["reason"] == "no age").sum() == (~known).sum()


def test_columns_are_mapped_and_doubts_reported():
    cases = pd.DataFrame(
        {
            "when": [datetime.date(2023, 5, 17), None, "someday", "2024"],
            "sex": ["Feminine", "masculine", "f", None],
            "n": ["<5", 3, "many", "5 or more"],
            "kinds": ["Forced labour; Other", None, "Other", "Servitude|Other"],
        },
        index=["a", "b", "c", "d"],
    )
    columns = {"date": "when", "gender": "sex", "count": "n", "exploitation": "kinds"}
    incidents, report = records.read(cases, columns, least_hidden=1)
    assert incidents["count_low"].tolist() == [1, 3, 0, 5]
    assert incidents["count_high"].isna().tolist() == [False, False, True, True]
    assert incidents["exploitation"].tolist() == [
        "ForcedLabour;Other",
        None,
        "Other",
        "Other;Servitude",
    ]
    assert incidents["begin"].isna().tolist() == [False, True, True, False]
    doubts = report.set_index(["feature", "reason"])["outcome"].to_dict()
    assert doubts["c", "date cannot be read"] == "doubtful"
    assert doubts["b", "gender in the standard's spelling"] == "repaired"
    assert doubts["c", "gender is not in the standard's list"] == "doubtful"
    assert doubts["c", "count cannot be read"] == "doubtful"
    assert doubts["b", "no date"] == "doubtful"
    groups = records.count_by_group(incidents, "exploitation")
    assert groups.loc["Other", "low"] == 6
    assert groups["high"].isna()["Other"]
    assert groups.attrs["waywarden"]["repeated"] == 2
    with pytest.raises(waywarden.InputError, match="no column"):
        records.read(cases, {"date": "nowhere"})
    with pytest.raises(waywarden.OptionError, match="no field 'surname'"):
        records.read(cases, {"surname": "sex"})


def test_times_that_are_all_midnight_are_days():
    days = records.parse_dates(pd.Series(pd.to_datetime(["2023-05-17", "2023-05-18"])))
    assert (days["end"] - days["begin"] == pd.Timedelta(days=1)).all()
    times = records.parse_dates(pd.Series(pd.to_datetime(["2023-05-17 22:30", "2023-05-18 00:00"])))
    assert (times["end"] - times["begin"] == pd.Timedelta(seconds=1)).all()
    assert records.parse_dates([None, "2023-02-30", "9999", "0001-01"]).isna().all(axis=None)


def test_counts_that_are_none_name_row_and_column():
    with pytest.raises(waywarden.InputError, match="column 'victims', row 1") as caught:
        records.parse_counts(pd.Series(["<5", "secret"], name="victims"))
    assert "secret" not in str(caught.value)
    assert records.parse_counts([3.0, 4])["high"].tolist() == [3, 4]
    with pytest.raises(waywarden.InputError, match="row 1"):
        records.parse_counts([1, None])


def test_aoristic_weights_add_up_to_exactly_one():
    random = np.random.default_rng(1)
    begin = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 10**7, 300), unit="s")
    spans = pd.DataFrame({"begin": begin})
    spans["end"] = begin + pd.to_timedelta(random.integers(1, 10**7, 300), unit="s")
    months = pd.date_range("2023-02-01", periods=7, freq="MS")
    weights = records.aoristic_weights(spans, months)
    assert (weights.sum(axis=1) == 1.0).all()
    totals = records.aoristic(spans, months)
    assert totals.to_numpy() == pytest.approx(weights.drop(columns="outside").sum().to_numpy())
    assert totals.attrs["waywarden"]["outside"] == pytest.approx(weights["outside"].sum())
    shuffled = spans.sample(frac=1, random_state=2)
    assert records.aoristic(shuffled, months).equals(totals)


def test_undated_records_weigh_nothing():
    dates = records.parse_dates(["2023-05-17", None])
    days = pd.date_range("2023-05-17", periods=3)
    weights = records.aoristic_weights(dates, days)
    assert weights.to_numpy().tolist() == [[1, 0, 0], [0, 0, 0]]
    assert weights.attrs["waywarden"]["undated"] == 1
    hours = records.aoristic_cycle(dates, "hour_of_day")
    assert hours.to_numpy() == pytest.approx(1 / 24)
    with pytest.raises(waywarden.OptionError, match="hour_of_week"):
        records.aoristic_cycle(dates, "decade")
    with pytest.raises(waywarden.OptionError, match="boundaries"):
        records.aoristic(dates, days[:1])


def test_coarse_records_are_refused_or_spread():
    cases = pd.DataFrame(
        {"precision": ["point", "district", "district"], "district": ["A", "A", "B"]}
    )
    incidents, _ = records.read(cases)
    with pytest.raises(waywarden.InputError, match="2 of 3 records"):
        records.usable_as_points(incidents)
    kept = records.usable_as_points(incidents, coarser="leave_out")
    assert kept.index.tolist() == [0]
    assert "caution" in kept.attrs["waywarden"]
    cells = pd.DataFrame(
        {"district": ["A", "A", "C"], "people": [30, 10, 5]}, index=["x", "y", "z"]
    )
    expected = records.spread(cases.iloc[1:], cells, area="district", share="people")
    assert expected.to_dict() == {"x": 0.75, "y": 0.25, "z": 0.0}
    assert expected.attrs["waywarden"]["unplaced"] == 1


def test_nothing_in_nothing_out():
    incidents, report = records.read(pd.DataFrame({"hte_Date": []}))
    assert len(incidents) == len(report) == 0
    assert len(records.count_by_group(incidents, ["gender", "event"])) == 0
    assert len(records.count_by_group(incidents, "gender")) == 0
