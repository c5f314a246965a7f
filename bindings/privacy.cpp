#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <string>
#include <vector>

#include "convert.h"
#include "run.h"
#include "waywarden/io/write.h"
#include "waywarden/privacy/release.h"

namespace waywarden::bindings {
namespace {

using Populations = std::map<std::string, std::string>;

py::dict disclosure_out(const Release& release) {
  const DisclosureAccount& account = release.account();
  return py::dict("restricted"_a = release.restricted(),
                  "k"_a = account.rule ? py::object(py::int_(account.rule->k)) : py::object(py::none()),
                  "reason"_a = account.reason, "suppressed"_a = account.suppressed(),
                  "withheld"_a = account.classes_withheld(), "totals"_a = account.totals);
}

py::list tables_out(const Release& release) {
  py::list out;
  for (const ReleasedTable& table : release.tables()) {
    out.append(py::dict("name"_a = table.features.name, "title"_a = table.title,
                        "origin"_a = name(table.origin), "table"_a = table.features));
  }
  return out;
}

/// What one table says about records: counts by column, with the population each counts.
Table table_in(const FeatureTable& features, const std::string& title, bool synthetic,
               const Populations& counts, const std::vector<std::string>& open_columns) {
  Table table = context_table(features, title, synthetic ? Origin::synthetic : Origin::observed);
  if (counts.empty()) return table;
  table.content = Content::counts;
  table.open_columns = open_columns;
  for (const auto& [column, population] : counts)
    table.counts.push_back({column, population, Coverage::partial});
  return table;
}

}  // namespace

void bind_privacy(py::module_& m) {
  py::class_<Release>(m, "Release")
      .def_property_readonly("tables", &tables_out)
      .def_property_readonly("disclosure", &disclosure_out);
  py::class_<Table>(m, "ReleaseTable")
      .def(py::init(&table_in), "features"_a, py::kw_only(), "title"_a, "synthetic"_a, "counts"_a,
           "open_columns"_a);

  m.def(
      "release",
      [](const std::vector<Table>& tables, std::int64_t k, const py::object& report, unsigned threads) {
        Draft draft;
        draft.tables = tables;
        return run(report, threads,
                   [&](const Execution& execution) { return release(draft, DisclosureRule{k}, execution); });
      },
      "tables"_a, py::kw_only(), "k"_a = DisclosureRule{}.k, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "unrestricted",
      [](const std::vector<Table>& tables, const std::string& reason) {
        Draft draft;
        draft.tables = tables;
        return unrestricted(draft, reason);
      },
      "tables"_a, py::kw_only(), "reason"_a);
  m.def(
      "write_geopackage",
      [](const std::string& path, const Release& release, const py::object& report, unsigned threads) {
        run(report, threads,
            [&](const Execution& execution) { write_geopackage(path, release, {}, execution); });
      },
      "path"_a, "release"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "write_geojson",
      [](const std::string& folder, const Release& release, const py::object& report, unsigned threads) {
        return run(report, threads,
                   [&](const Execution& execution) { return write_geojson(folder, release, execution); });
      },
      "folder"_a, "release"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "write_csv",
      [](const std::string& folder, const Release& release, const py::object& report, unsigned threads) {
        return run(report, threads,
                   [&](const Execution& execution) { return write_csv(folder, release, execution); });
      },
      "folder"_a, "release"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
