#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "convert.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/io/write.h"
#include "waywarden/privacy/release.h"

namespace waywarden::bindings {
namespace {

/// (name, population, whether every record is in some row)
using CountTuple = std::tuple<std::string, std::string, bool>;
/// (row, [(row, weight)], low, high)
using FactTuple = std::tuple<std::size_t, std::vector<std::pair<std::size_t, double>>, double, double>;
/// (name, count column, facts)
using ClassTuple = std::tuple<std::string, std::string, std::vector<FactTuple>>;
/// (whole, parts)
using SumTuple = std::pair<std::string, std::vector<std::string>>;
/// (table, table, population, [(row, row)], enclosed rows of the first) with tables by position
using OverlapTuple = std::tuple<std::size_t, std::size_t, std::string,
                                std::vector<std::pair<std::size_t, std::size_t>>, std::vector<std::size_t>>;

py::dict disclosure_out(const Release& release) {
  const DisclosureAccount& account = release.account();
  return py::dict("restricted"_a = release.restricted(),
                  "k"_a = account.rule ? py::object(py::int_(account.rule->k)) : py::object(py::none()),
                  "reason"_a = account.reason, "suppressed"_a = account.suppressed(),
                  "suppressed_at_least"_a = account.suppressed_at_least,
                  "withheld"_a = account.classes_withheld(), "geomasked"_a = account.records_geomasked,
                  "totals"_a = account.totals);
}

py::list tables_out(const Release& release) {
  py::list out;
  for (const ReleasedTable& table : release.tables()) {
    out.append(py::dict("name"_a = table.features.name, "title"_a = table.title,
                        "origin"_a = name(table.origin), "table"_a = table.features,
                        "columns_withheld"_a = table.columns_withheld));
  }
  return out;
}

Origin origin_in(const std::string& word) {
  for (const Origin origin : {Origin::observed, Origin::modelled, Origin::synthetic})
    if (name(origin) == word) return origin;
  throw OptionError("an origin is 'observed', 'modelled' or 'synthetic'");
}

Guarded guarded_in(const std::string& word) {
  if (word == "every_suppressed_count") return Guarded::every_suppressed_count;
  if (word == "small_counts") return Guarded::small_counts;
  throw OptionError("what is guarded is 'every_suppressed_count' or 'small_counts'");
}

ClassColumn classes_in(const ClassTuple& tuple) {
  ClassColumn out{std::get<0>(tuple), std::get<1>(tuple), {}};
  for (const auto& [row, terms, low, high] : std::get<2>(tuple)) {
    ClassFact fact{row, {}, low, high};
    for (const auto& [other, weight] : terms) fact.terms.push_back({other, weight});
    out.facts.push_back(std::move(fact));
  }
  return out;
}

Table context_in(const FeatureTable& features, const std::string& title, const std::string& origin) {
  return context_table(features, title, origin_in(origin));
}

Table counts_in(const FeatureTable& features, const std::string& title, const std::string& origin,
                const std::vector<CountTuple>& counts, const std::vector<ClassTuple>& classes,
                const std::vector<SumTuple>& sums, const std::vector<std::string>& open_columns) {
  Table table = context_in(features, title, origin);
  table.content = Content::counts;
  table.open_columns = open_columns;
  for (const auto& [column, population, complete] : counts)
    table.counts.push_back({column, population, complete ? Coverage::complete : Coverage::partial});
  for (const ClassTuple& tuple : classes) table.classes.push_back(classes_in(tuple));
  for (const auto& [whole, parts] : sums) table.sums.push_back({whole, parts});
  return table;
}

Table records_in(const FeatureTable& features, const std::string& title, const std::string& origin,
                 const std::string& population,
                 const std::optional<std::tuple<double, double, std::uint64_t>>& mask,
                 const std::vector<std::string>& open_columns) {
  Table table = context_in(features, title, origin);
  table.content = Content::records;
  table.population = population;
  table.open_columns = open_columns;
  if (mask) table.geomask = {{std::get<0>(*mask)}, {std::get<1>(*mask)}, std::get<2>(*mask)};
  return table;
}

Draft draft_in(const std::vector<Table>& tables, const std::vector<OverlapTuple>& overlaps,
               const std::map<std::string, std::int64_t>& totals) {
  Draft draft{tables, {}, totals};
  for (const auto& [first, second, population, pairs, enclosed] : overlaps) {
    Overlap overlap{first, second, population, {}, enclosed};
    for (const auto& [first_row, second_row] : pairs) overlap.pairs.push_back({first_row, second_row});
    draft.overlaps.push_back(std::move(overlap));
  }
  return draft;
}

}  // namespace

void bind_privacy(py::module_& m) {
  py::class_<Release>(m, "Release")
      .def_property_readonly("tables", &tables_out)
      .def_property_readonly("disclosure", &disclosure_out);
  py::class_<Table>(m, "ReleaseTable")
      .def_static("context", &context_in, "features"_a, py::kw_only(), "title"_a, "origin"_a)
      .def_static("counts", &counts_in, "features"_a, py::kw_only(), "title"_a, "origin"_a, "counts"_a,
                  "classes"_a, "sums"_a, "open_columns"_a)
      .def_static("records", &records_in, "features"_a, py::kw_only(), "title"_a, "origin"_a, "population"_a,
                  "mask"_a, "open_columns"_a);

  m.def(
      "release",
      [](const std::vector<Table>& tables, const std::vector<OverlapTuple>& overlaps,
         const std::map<std::string, std::int64_t>& totals, std::int64_t k, const std::string& guarded,
         const py::object& report, unsigned threads) {
        const Draft draft = draft_in(tables, overlaps, totals);
        const DisclosureRule rule{k, guarded_in(guarded)};
        return run(report, threads,
                   [&](const Execution& execution) { return release(draft, rule, execution); });
      },
      "tables"_a, py::kw_only(), "overlaps"_a = std::vector<OverlapTuple>{},
      "totals"_a = std::map<std::string, std::int64_t>{}, "k"_a = DisclosureRule{}.k,
      "guarded"_a = "every_suppressed_count", "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "geomask",
      [](const FeatureTable& records, double nearest_m, double farthest_m, std::uint64_t seed) {
        return geomask(records, {{nearest_m}, {farthest_m}, seed});
      },
      "records"_a, py::kw_only(), "nearest_m"_a, "farthest_m"_a, "seed"_a);
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
