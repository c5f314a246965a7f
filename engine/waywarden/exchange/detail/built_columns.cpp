#include "waywarden/exchange/detail/built_columns.h"

#include <algorithm>
#include <cmath>

namespace waywarden::detail {
namespace {

template <class Enumeration>
bool all_below(const std::vector<Enumeration>& values, std::size_t limit) {
  return std::all_of(values.begin(), values.end(),
                     [&](Enumeration value) { return static_cast<std::size_t>(value) < limit; });
}

bool all_plain(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return value >= 0.0 && std::isfinite(value); });
}

bool all_finite(const std::vector<Point>& points) {
  return std::all_of(points.begin(), points.end(), [](Point p) { return p.finite(); });
}

template <class AnId>
bool all_known(const std::vector<AnId>& ids, std::size_t count) {
  return std::all_of(ids.begin(), ids.end(), [&](AnId id) { return !id.exists() || id.index() < count; });
}

bool enumerators_exist(const BuiltColumns& c) {
  return all_below(c.network.node_mode, kModeCount) && all_below(c.network.mode, kModeCount) &&
         all_below(c.network.kind, kEdgeKindNames.size()) && all_below(c.crossings.mode, kModeCount) &&
         all_below(c.crossings.status, 2) && all_below(c.lists.outcome, 3);
}

bool numbers_are_plain(const BuiltColumns& c) {
  const NetworkColumns& n = c.network;
  return all_plain(n.length_m) && all_plain(n.speed_kmh) && all_plain(n.wait_s) &&
         std::all_of(n.money.begin(), n.money.end(), [](double money) { return std::isfinite(money); }) &&
         all_finite(n.node_point) && all_finite(n.shape_vertices) && all_finite(c.crossings.point) &&
         all_finite(c.hubs.point) && all_finite(c.places.point) && all_plain(c.crossings.border_accuracy_m) &&
         all_plain(c.crossings.post_distance_m) && all_plain(c.places.access_m) &&
         all_plain(c.places.population) && all_plain(c.places.source_weight) &&
         all_plain(c.places.destination_weight);
}

template <class ForEach, class Table>
bool equally_long(ForEach&& for_each, const Table& table) {
  bool equal = true;
  for_each(table,
           [&](std::string_view, const auto& column) { equal = equal && column.size() == table.size(); });
  return equal;
}

bool tables_are_rectangular(const BuiltColumns& c) {
  const ListColumns& l = c.lists;
  const std::size_t entries = l.outcome.size();
  return equally_long([](const auto& t, auto&& f) { for_each_crossing_column(t, f); }, c.crossings) &&
         equally_long([](const auto& t, auto&& f) { for_each_hub_column(t, f); }, c.hubs) &&
         equally_long([](const auto& t, auto&& f) { for_each_place_column(t, f); }, c.places) &&
         l.source_layer.size() == l.source_id.size() && l.file.size() == entries &&
         l.layer.size() == entries && l.feature.size() == entries && l.reason.size() == entries &&
         l.detail.size() == entries && l.read.size() == l.features.size();
}

bool countries_exist(const NetworkColumns& n) {
  return std::all_of(n.node_country.begin(), n.node_country.end(), [&](std::uint16_t country) {
    return country == kNoCountry || country < n.countries.size();
  });
}

/// Every shape is a line, and lies within the vertices.
bool shapes_are_lines(const NetworkColumns& n) {
  std::uint32_t begin = 0;
  for (const std::uint32_t end : n.shape_ends) {
    if (end < begin || end - begin < 2 || end > n.shape_vertices.size()) return false;
    begin = end;
  }
  return true;
}

bool ids_exist(const BuiltColumns& c) {
  const std::size_t nodes = c.network.node_point.size(), edges = c.network.tail.size();
  return all_known(c.crossings.a_to_b, edges) && all_known(c.crossings.b_to_a, edges) &&
         all_known(c.hubs.node, nodes) && all_known(c.places.node, nodes);
}

}  // namespace

ListColumns list_columns(const BuiltNetwork& built) {
  ListColumns lists;
  for (const SourceFeature& source : built.network.columns().sources) {
    lists.source_layer.push_back(source.layer);
    lists.source_id.push_back(source.id);
  }
  for (const ImportReport::Entry& entry : built.report.entries) {
    lists.outcome.push_back(entry.outcome);
    lists.file.push_back(entry.where.file);
    lists.layer.push_back(entry.where.layer);
    lists.feature.push_back(entry.where.feature);
    lists.reason.push_back(entry.reason);
    lists.detail.push_back(entry.detail);
  }
  for (const auto& [layer, features] : built.report.features_read) {
    lists.read.push_back(layer);
    lists.features.push_back(features);
  }
  return lists;
}

std::string_view defect(const BuiltColumns& columns) {
  if (!enumerators_exist(columns)) return "a mode, kind or status is unknown";
  if (!numbers_are_plain(columns)) return "a number is negative or not finite";
  if (!tables_are_rectangular(columns)) return "columns of a table differ in length";
  if (!countries_exist(columns.network)) return "a node is in an unknown country";
  if (!shapes_are_lines(columns.network)) return "a shape is no line";
  if (!ids_exist(columns)) return "a table names an unknown node or edge";
  return "";
}

BuiltNetwork built_network(BuiltColumns columns) {
  ListColumns& lists = columns.lists;
  ImportReport report;
  for (std::size_t i = 0; i < lists.outcome.size(); ++i) {
    report.add(lists.outcome[i], {lists.file[i], lists.layer[i], lists.feature[i]}, lists.reason[i],
               lists.detail[i]);
  }
  for (std::size_t i = 0; i < lists.read.size(); ++i) report.features_read[lists.read[i]] = lists.features[i];
  for (std::size_t i = 0; i < lists.source_id.size(); ++i)
    columns.network.sources.push_back({lists.source_layer[i], lists.source_id[i]});
  return {Network(std::move(columns.network), std::move(columns.crossings), std::move(columns.hubs)),
          std::move(columns.places), std::move(report)};
}

}  // namespace waywarden::detail
