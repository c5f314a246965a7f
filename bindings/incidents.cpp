#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <string>

#include "convert.h"
#include "waywarden/base/errors.h"
#include "waywarden/incidents/aoristic.h"
#include "waywarden/incidents/incident_groups.h"
#include "waywarden/incidents/incident_table.h"
#include "waywarden/incidents/spread_counts.h"

namespace waywarden::bindings {
namespace {

using Spans = std::vector<std::optional<TimeSpan>>;
using Texts = std::vector<std::string>;

py::list fields_out() {
  py::list out;
  for (const IncidentField field : incident_fields()) {
    py::list values;
    for (const std::string_view value : standard_values(field)) values.append(py::str(std::string(value)));
    out.append(py::make_tuple(name(field), std::string(standard_name(field)), values));
  }
  return out;
}

py::dict spans_out(const Spans& spans) {
  std::vector<std::int64_t> begin, end;
  std::vector<std::uint8_t> valid;
  for (const auto& span : spans) {
    begin.push_back(span ? span->begin : 0);
    end.push_back(span ? span->end : 0);
    valid.push_back(span ? 1 : 0);
  }
  return py::dict("begin"_a = to_numpy(std::move(begin)), "end"_a = to_numpy(std::move(end)),
                  "valid"_a = flags(valid));
}

Spans spans_in(const Integers& begin, const Integers& end, const Bytes& valid) {
  if (begin.size() != end.size() || begin.size() != valid.size())
    throw OptionError("there must be one end and one flag per begin");
  Spans spans;
  for (py::ssize_t i = 0; i < begin.size(); ++i) {
    spans.emplace_back();
    if (valid.data()[i] != 0) spans.back() = TimeSpan{begin.data()[i], end.data()[i]};
  }
  return spans;
}

/// `high` is -1 where there is no upper end.
py::dict counts_out(const std::vector<CountInterval>& counts) {
  std::vector<std::int64_t> low, high;
  for (const CountInterval& count : counts) {
    low.push_back(count.low);
    high.push_back(count.high.value_or(-1));
  }
  return py::dict("low"_a = to_numpy(std::move(low)), "high"_a = to_numpy(std::move(high)));
}

std::vector<CountInterval> counts_in(const Integers& low, const Integers& high) {
  if (low.size() != high.size()) throw OptionError("there must be one upper end per lower end");
  std::vector<CountInterval> counts;
  for (py::ssize_t i = 0; i < low.size(); ++i) {
    counts.push_back({low.data()[i], std::nullopt});
    if (high.data()[i] >= 0) counts.back().high = high.data()[i];
  }
  return counts;
}

IncidentField field_in(const std::string& word) {
  if (const auto field = incident_field(word)) return *field;
  std::string known;
  for (const IncidentField field : incident_fields()) known += (known.empty() ? "" : ", ") + name(field);
  throw OptionError("no field '" + word + "' of incidents; there are: " + known);
}

LocationPrecision precision_in(const std::string& word) {
  if (const auto precision = parse_precision(word)) return *precision;
  throw OptionError("a precision is one of point, place, district, country, unknown");
}

py::tuple points_out(const std::vector<std::optional<Point>>& points) {
  std::vector<double> x, y;
  std::vector<std::uint8_t> valid;
  for (const auto& point : points) {
    x.push_back(point ? point->x : 0.0);
    y.push_back(point ? point->y : 0.0);
    valid.push_back(point ? 1 : 0);
  }
  return py::make_tuple(to_numpy(std::move(x)), to_numpy(std::move(y)), flags(valid));
}

py::dict records_out(const IncidentRecords& records) {
  py::dict texts, read_from;
  for (const auto& [field, values] : records.texts) texts[py::str(name(field))] = values;
  for (const auto& [field, column] : records.read_from) read_from[py::str(name(field))] = column;
  return py::dict("id"_a = records.id, "point"_a = points_out(records.point),
                  "precision"_a = names(records.precision), "when"_a = spans_out(records.when),
                  "count"_a = counts_out(records.count), "age"_a = to_numpy(records.age), "texts"_a = texts,
                  "read_from"_a = read_from, "report"_a = to_exchange(records.report));
}

py::dict read(const FeatureTable& table, const std::map<std::string, std::string>& columns,
              const std::vector<int>& band_starts, std::int64_t least_hidden) {
  IncidentOptions options{{}, band_starts, {least_hidden}};
  for (const auto& [field, column] : columns) options.columns[field_in(field)] = column;
  return records_out(read_incidents(table, options));
}

py::dict groups(const std::vector<std::string>& by, const std::vector<std::vector<Texts>>& values,
                const Integers& low, const Integers& high) {
  if (by.size() != values.size()) throw OptionError("there must be one column per field");
  IncidentRecords records;
  records.count = counts_in(low, high);
  records.id.resize(records.count.size());
  std::vector<IncidentField> fields;
  for (std::size_t i = 0; i < by.size(); ++i) {
    if (values[i].size() != records.size()) throw OptionError("there must be one value per record");
    fields.push_back(field_in(by[i]));
    records.texts[fields.back()] = values[i];
  }
  const IncidentGroups counted = count_by_group(records, fields);
  std::vector<std::int64_t> rows(counted.records.begin(), counted.records.end());
  return py::dict("values"_a = counted.values, "count"_a = counts_out(counted.count),
                  "records"_a = to_numpy(std::move(rows)), "repeated"_a = counted.repeated);
}

py::dict weights_out(AoristicWeights weights, const Integers& sizes) {
  const auto totals = step_totals(weights, view(sizes));
  std::vector<std::int64_t> first(weights.first.begin(), weights.first.end());
  std::vector<std::int64_t> step(weights.step.begin(), weights.step.end());
  return py::dict("steps"_a = weights.steps, "first"_a = to_numpy(std::move(first)),
                  "step"_a = to_numpy(std::move(step)), "weight"_a = to_numpy(std::move(weights.weight)),
                  "outside"_a = to_numpy(std::move(weights.outside)), "undated"_a = weights.undated,
                  "totals"_a = to_numpy(std::vector<double>(totals)));
}

Cycle cycle_in(const std::string& word) {
  for (const Cycle cycle : {Cycle::hour_of_day, Cycle::day_of_week, Cycle::hour_of_week})
    if (name(cycle) == word) return cycle;
  throw OptionError("a cycle is one of hour_of_day, day_of_week, hour_of_week");
}

std::vector<std::optional<std::uint32_t>> areas_in(const Integers& codes) {
  std::vector<std::optional<std::uint32_t>> areas;
  for (const std::int64_t code : view(codes)) {
    areas.emplace_back();
    if (code >= 0) areas.back() = static_cast<std::uint32_t>(code);
  }
  return areas;
}

py::array_t<std::int64_t> usable_rows(const Texts& precision, const std::string& coarsest,
                                      const std::string& coarser) {
  std::vector<LocationPrecision> known;
  for (const std::string& word : precision) known.push_back(precision_in(word));
  if (coarser != "refuse" && coarser != "leave_out")
    throw OptionError("coarser records are one of refuse, leave_out");
  const auto rule = coarser == "refuse" ? CoarserRows::refuse : CoarserRows::leave_out;
  const auto rows = rows_usable_as_points(known, {precision_in(coarsest), rule});
  return to_numpy(std::vector<std::int64_t>(rows.begin(), rows.end()));
}

}  // namespace

void bind_incidents(py::module_& m) {
  m.def("incident_fields", &fields_out);
  m.def("read_incidents", &read, "table"_a, "columns"_a, "band_starts"_a, "least_hidden"_a);
  m.def("count_by_group", &groups, "by"_a, "values"_a, "low"_a, "high"_a);
  m.def(
      "parse_counts",
      [](const Texts& texts, const std::string& column, std::int64_t least_hidden) {
        return counts_out(parse_counts(texts, column, {least_hidden}));
      },
      "texts"_a, "column"_a, "least_hidden"_a);
  m.def(
      "parse_time_spans",
      [](const Texts& texts) {
        Spans spans;
        for (const std::string& text : texts) spans.push_back(parse_time_span(text));
        return spans_out(spans);
      },
      "texts"_a);
  m.def(
      "aoristic_weights",
      [](const Integers& begin, const Integers& end, const Bytes& valid, const Integers& boundaries,
         const Integers& sizes) {
        return weights_out(aoristic_weights(spans_in(begin, end, valid), view(boundaries)), sizes);
      },
      "begin"_a, "end"_a, "valid"_a, "boundaries"_a, "sizes"_a);
  m.def(
      "aoristic_cycle",
      [](const Integers& begin, const Integers& end, const Bytes& valid, const std::string& cycle,
         const Integers& sizes) {
        return weights_out(aoristic_cycle(spans_in(begin, end, valid), cycle_in(cycle)), sizes);
      },
      "begin"_a, "end"_a, "valid"_a, "cycle"_a, "sizes"_a);
  m.def("rows_usable_as_points", &usable_rows, "precision"_a, "coarsest"_a, "coarser"_a);
  m.def(
      "spread_counts",
      [](const Integers& area_of_record, const Integers& area_of_cell, const Doubles& share,
         const Integers& sizes) {
        const SpreadCells cells = {areas_in(area_of_cell), to_vector(share)};
        SpreadCounts spread = spread_counts(areas_in(area_of_record), cells, view(sizes));
        return py::dict("expected"_a = to_numpy(std::move(spread.expected)), "unplaced"_a = spread.unplaced);
      },
      "area_of_record"_a, "area_of_cell"_a, "share"_a, "sizes"_a);
}

}  // namespace waywarden::bindings
