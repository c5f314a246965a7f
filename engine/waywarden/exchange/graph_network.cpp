#include "waywarden/exchange/graph_network.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "waywarden/base/units.h"
#include "waywarden/features/reproject.h"
#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/draft.h"

namespace waywarden {
namespace {

Where where(const FeatureTable& table, std::size_t row) { return {table.source, table.name, table.ids[row]}; }

/// A column that may be missing.
class Optional {
 public:
  Optional(const FeatureTable& table, const char* name) : table_(table), column_(table.find(name)) {}

  std::string text(std::size_t row, std::string otherwise) const {
    if (column_ == nullptr) return otherwise;
    return column_->text(row).value_or(std::move(otherwise));
  }

  /// 0 or more.
  double amount(std::size_t row, double otherwise) const {
    if (column_ == nullptr || !column_->valid(row)) return otherwise;
    const double value = column_->number(row).value_or(-1.0);
    if (value >= 0.0 && std::isfinite(value)) return value;
    throw InputError(where(table_, row), "column '" + column_->name() + "': not a number of 0 or more");
  }

  template <std::size_t n>
  std::size_t word(std::size_t row, const std::array<std::string_view, n>& words) const {
    const auto found = std::find(words.begin(), words.end(), text(row, std::string(words[0])));
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    throw InputError(where(table_, row), "column '" + column_->name() + "': an unknown word");
  }

 private:
  const FeatureTable& table_;
  const Column* column_;
};

/// The nodes of a graph by their ids.
class NodeKeys {
 public:
  NodeKeys(const FeatureTable& table, ImportReport& report) {
    const Optional mode(table, "mode"), country(table, "country");
    for (const std::size_t row : rows_in_order(table)) {
      if (!table.has_geometry() || table.geometries[row].type != GeometryType::point) {
        report.add(Outcome::skipped, where(table, row), "not a point");
        continue;
      }
      NodeKey key{canonical(table.geometries[row].points[0]), static_cast<Mode>(mode.word(row, kModeNames)),
                  0};
      key.part = here_[key]++;
      of_id_.emplace(table.ids[row], key);
      country_.emplace_back(key, country.text(row, ""));
    }
  }

  const NodeKey* find(const std::string& id) const {
    const auto found = of_id_.find(id);
    return found == of_id_.end() ? nullptr : &found->second;
  }

  void name_countries(NetworkDraft& draft) const {
    for (const auto& [key, code] : country_) {
      if (!code.empty()) draft.countries.push_back(code);
    }
    auto& codes = draft.countries;
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    for (const auto& [key, code] : country_) {
      const auto at = std::lower_bound(codes.begin(), codes.end(), code) - codes.begin();
      if (!code.empty()) draft.country.emplace(key, static_cast<std::uint16_t>(at));
    }
  }

 private:
  static std::vector<std::size_t> rows_in_order(const FeatureTable& table) {
    std::vector<std::size_t> rows(table.size());
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row;
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(table.ids[a].size(), table.ids[a]) < std::pair(table.ids[b].size(), table.ids[b]);
    });
    return rows;
  }

  std::map<NodeKey, std::uint32_t> here_;
  std::unordered_map<std::string, NodeKey> of_id_;
  std::vector<std::pair<NodeKey, std::string>> country_;
};

class EdgeReader {
 public:
  EdgeReader(const FeatureTable& table, const NodeKeys& nodes)
      : table_(table),
        nodes_(nodes),
        tail_(table.column("tail")),
        head_(table.column("head")),
        mode_(table, "mode"),
        kind_(table, "kind"),
        length_(table, "length_m"),
        speed_(table, "speed_kmh"),
        wait_(table, "wait_s"),
        money_(table, "money"),
        detection_(table, "detection"),
        layer_(table, "layer"),
        feature_(table, "feature") {}

  /// Nothing where the edge ends at no node.
  std::optional<DraftEdge> read(std::size_t row) const {
    const NodeKey* from = nodes_.find(tail_.text(row).value_or(""));
    const NodeKey* to = nodes_.find(head_.text(row).value_or(""));
    if (from == nullptr || to == nullptr) return std::nullopt;
    DraftEdge edge;
    edge.from = *from;
    edge.to = *to;
    edge.kind = static_cast<EdgeKind>(kind_.word(row, kEdgeKindNames));
    edge.ways = Ways::forward;
    edge.mode = static_cast<Mode>(mode_.word(row, kModeNames));
    edge.line = line(row, *from, *to);
    edge.length_m = length_.amount(row, geodesic_length(edge.line).value);
    edge.speed_kmh = speed_.amount(row, kSpeedNotStated);
    edge.wait_s = wait_.amount(row, 0.0);
    edge.money = money_.amount(row, 0.0);
    edge.detection = detection(row);
    edge.source = {layer_.text(row, table_.name), feature_.text(row, table_.ids[row])};
    return edge;
  }

 private:
  /// The same, or the two ends of the map.
  static bool one_place(Point a, Point b) {
    return a == b || (a.y == b.y && std::abs(a.x) == 180.0 && a.x == -b.x);
  }

  /// From node to node: where the line stops short of one, on to it.
  std::vector<Point> line(std::size_t row, const NodeKey& from, const NodeKey& to) const {
    std::vector<Point> line;
    if (table_.has_geometry() && table_.geometries[row].type == GeometryType::line_string) {
      for (const Point p : table_.geometries[row].points) line.push_back(canonical(p));
    }
    if (line.empty() || !one_place(line.front(), from.point)) line.insert(line.begin(), from.point);
    if (!one_place(line.back(), to.point)) line.push_back(to.point);
    line.erase(std::unique(line.begin(), line.end()), line.end());
    if (line.size() == 1) line.push_back(line.front());
    return line;
  }

  double detection(std::size_t row) const {
    const double probability = detection_.amount(row, 0.0);
    if (probability <= 1.0) return std::min(probability, kLargestProbability);
    throw InputError(where(table_, row), "column 'detection': probability outside [0, 1]");
  }

  const FeatureTable& table_;
  const NodeKeys& nodes_;
  const Column& tail_;
  const Column& head_;
  Optional mode_, kind_, length_, speed_, wait_, money_, detection_, layer_, feature_;
};

DraftEdge reversed(DraftEdge edge) {
  std::swap(edge.from, edge.to);
  std::reverse(edge.line.begin(), edge.line.end());
  return edge;
}

/// One direction of a road, turned the way the road is drawn.
struct Direction {
  DraftEdge road;
  bool along;
  friend auto operator<=>(const Direction&, const Direction&) = default;
};

Direction direction(DraftEdge edge, std::optional<bool> drawn) {
  DraftEdge other = reversed(edge);
  const bool along =
      drawn.value_or(std::tie(edge.from, edge.to, edge.line) <= std::tie(other.from, other.to, other.line));
  return {along ? std::move(edge) : std::move(other), along};
}

/// The roads that equal directions [first, last) make: pairs of opposite ones, then what is left over.
void append_roads(std::vector<Direction>::iterator first, std::vector<Direction>::iterator last,
                  bool drawing_known, std::vector<DraftEdge>& roads) {
  auto along = std::count_if(first, last, [](const Direction& d) { return d.along; });
  // A line out and back to the same node is its own reverse.
  if (first->road == reversed(first->road)) along = (along + 1) / 2;
  const auto pairs = std::min(along, last - first - along);
  for (auto i = pairs; i < last - first - pairs; ++i) {
    DraftEdge road = first->road;
    if (along <= pairs) road = drawing_known ? road : reversed(road);
    if (along <= pairs && drawing_known) road.ways = Ways::backward;
    roads.push_back(std::move(road));
  }
  for (auto i = pairs; i > 0; --i) {
    roads.push_back(first->road);
    roads.back().ways = Ways::both;
  }
}

std::vector<DraftEdge> roads_of(std::vector<Direction> directions, bool drawing_known) {
  std::sort(directions.begin(), directions.end());
  std::vector<DraftEdge> roads;
  for (auto first = directions.begin(); first != directions.end();) {
    const auto last =
        std::find_if(first, directions.end(), [&](const Direction& d) { return d.road != first->road; });
    append_roads(first, last, drawing_known, roads);
    first = last;
  }
  return roads;
}

void report_lonely_nodes(const FeatureTable& nodes, const NodeKeys& keys, const std::vector<DraftEdge>& roads,
                         ImportReport& report) {
  std::vector<NodeKey> ends;
  for (const DraftEdge& road : roads) ends.insert(ends.end(), {road.from, road.to});
  std::sort(ends.begin(), ends.end());
  for (std::size_t row = 0; row < nodes.size(); ++row) {
    const NodeKey* key = keys.find(nodes.ids[row]);
    if (key != nullptr && !std::binary_search(ends.begin(), ends.end(), *key))
      report.add(Outcome::skipped, where(nodes, row), "node without an edge");
  }
}

std::optional<bool> drawn(const Column* column, std::size_t row) {
  if (column == nullptr || !column->valid(row)) return std::nullopt;
  return column->number(row).value_or(1.0) != 0.0;
}

}  // namespace

BuiltNetwork network_of_graph(const GraphNodes& nodes, const GraphEdges& edges, const Execution& execution) {
  BuiltNetwork built{Network(NetworkColumns{}), {}, {}};
  ImportReport& report = built.report;
  const FeatureTable points = reprojected(nodes.table, Crs::wgs84(), report);
  const FeatureTable lines = reprojected(edges.table, Crs::wgs84(), report);
  report.read(points.source, points.name, nodes.table.size());
  report.read(lines.source, lines.name, edges.table.size());
  const NodeKeys keys(points, report);
  const EdgeReader reader(lines, keys);
  const Column* drawing = lines.find("drawn");
  std::vector<Direction> directions;
  for (std::size_t row = 0; row < lines.size(); ++row) {
    if (row % 4096 == 0) execution.check();
    if (auto edge = reader.read(row)) {
      directions.push_back(direction(std::move(*edge), drawn(drawing, row)));
    } else {
      report.add(Outcome::skipped, where(lines, row), "edge ends at no node");
    }
  }
  if (directions.empty()) throw InputError("the graph has no usable edge");
  NetworkDraft draft;
  draft.edges = roads_of(std::move(directions), drawing != nullptr);
  report_lonely_nodes(points, keys, draft.edges, report);
  keys.name_countries(draft);
  built.network = Network(number(draft).columns);
  report.sort();
  return built;
}

bool drawn_along(const Network& network, EdgeId edge) {
  const NetworkColumns& c = network.columns();
  const std::uint32_t shape = c.shape[edge.index()];
  const Point first = c.shape_vertices[shape == 0 ? 0 : c.shape_ends[shape - 1]];
  const Point last = c.shape_vertices[c.shape_ends[shape] - 1];
  const EdgeId twin = c.twin[edge.index()];
  return first == last && twin.exists() ? twin < edge : first == network.point(network.tail(edge));
}

}  // namespace waywarden
