#include "waywarden/network/builder.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "waywarden/base/units.h"
#include "waywarden/features/reproject.h"
#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/lines.h"
#include "waywarden/network/link_cutter.h"
#include "waywarden/network/posts.h"

namespace waywarden {
namespace {

/// A row of a hub layer with a point, in canonical longitude and latitude.
struct HubRow {
  std::string kind;
  std::string id;
  std::string name;
  std::string country;
  Point point;
  /// Position in `NetworkLayers::hubs`.
  std::size_t layer;
};

/// A place or hub that is attached to a link.
struct Reach {
  std::size_t attachment;
  Mode mode;
};

std::string text_or(const FeatureTable& table, const std::string& column, std::size_t row,
                    std::string otherwise) {
  if (column.empty()) return otherwise;
  return table.column(column).text(row).value_or(std::move(otherwise));
}

double amount(const FeatureTable& table, const std::string& column, std::size_t row, double otherwise) {
  if (column.empty()) return otherwise;
  const double value = table.column(column).number(row).value_or(0.0);
  if (value >= 0.0 && std::isfinite(value)) return value;
  throw InputError({table.source, table.name, table.ids[row]}, "column '" + column + "': negative value");
}

/// Rows with a point, in order of id.
std::vector<std::size_t> point_rows(const FeatureTable& table, ImportReport& report) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (table.has_geometry() && table.geometries[row].type == GeometryType::point) {
      rows.push_back(row);
    } else {
      report.add(Outcome::skipped, {table.source, table.name, table.ids[row]}, "not a point");
    }
  }
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(table.ids[a], table.geometries[a].points[0]) <
           std::pair(table.ids[b], table.geometries[b].points[0]);
  });
  return rows;
}

/// Nodes at 180 degrees east and west are two on the map and one on the ground: a link of length 0 joins
/// them.
void join_over_antimeridian(NetworkDraft& draft) {
  std::map<NodeKey, SourceFeature> east, west;
  for (const DraftEdge& edge : draft.edges) {
    for (const NodeKey& end : {edge.from, edge.to}) {
      if (std::abs(end.point.x) != 180.0 || end.part != 0) continue;
      auto [at, is_new] = (end.point.x > 0 ? east : west).try_emplace(end, edge.source);
      at->second = std::min(at->second, edge.source);
    }
  }
  for (const auto& [key, source] : east) {
    const auto other = west.find({{-180.0, key.point.y}, key.mode, 0});
    if (other == west.end()) continue;
    DraftEdge seam;
    seam.from = other->first;
    seam.to = key;
    seam.mode = key.mode;
    seam.source = std::min(source, other->second);
    // No line across the whole map: like a border crossing, it is drawn at a point.
    seam.line = {seam.from.point, seam.from.point};
    draft.edges.push_back(std::move(seam));
  }
}

class Builder {
 public:
  Builder(const NetworkLayers& layers, const NetworkOptions& options, const Execution& execution)
      : layers_(layers), options_(options), execution_(execution) {}

  BuiltNetwork build() {
    count_features();
    read_links();
    find_crossings();
    attach();
    cut_ = cut_links(links_, borders_, codes_, attachments_);
    join_over_antimeridian(cut_.draft);
    const std::size_t crossings = add_crossing_edges();
    add_transfer_edges();
    return number_everything(crossings);
  }

 private:
  void attach() {
    // An index of every segment: not for nothing.
    if (layers_.hubs.empty() && !layers_.places) return;
    const LinkLocator locator(links_);
    attach_hubs(locator);
    attach_places(locator);
  }

  void count_features() {
    const auto count = [&](const auto& layer) {
      report_.read(layer.table.source, layer.table.name, layer.table.size());
    };
    for (const LinkLayer& layer : layers_.links) count(layer);
    for (const HubLayer& layer : layers_.hubs) count(layer);
    if (layers_.countries) count(*layers_.countries);
    if (layers_.posts) count(*layers_.posts);
    if (layers_.places) count(*layers_.places);
  }

  void read_links() {
    std::vector<Link> lines;
    for (const LinkLayer& layer : layers_.links) {
      execution_.check();
      std::vector<Link> read = read_lines(layer, report_);
      std::ranges::move(read, std::back_inserter(lines));
    }
    if (lines.empty()) throw InputError("no link layer has a usable line");
    links_ = node_lines(std::move(lines), options_.snap_tolerance, report_, execution_);
  }

  void find_crossings() {
    borders_.start_country.assign(links_.size(), kNoCountry);
    if (!layers_.countries) return;
    CountryLayer layer = *layers_.countries;
    layer.table = reprojected(layer.table, Crs::wgs84(), report_);
    areas_ = std::make_unique<CountryAreas>(layer, report_);
    codes_ = areas_->codes();
    borders_ = find_borders(links_, *areas_, execution_);
  }

  std::string country_at(Point p) const {
    const auto country = areas_ ? areas_->country_at(p) : std::nullopt;
    return country ? codes_[*country] : std::string();
  }

  void attach_hubs(const LinkLocator& locator) {
    for (std::size_t i = 0; i < layers_.hubs.size(); ++i) {
      const HubLayer& layer = layers_.hubs[i];
      const FeatureTable table = reprojected(layer.table, Crs::wgs84(), report_);
      for (const std::size_t row : point_rows(table, report_)) {
        const Point point = canonical(table.geometries[row].points[0]);
        hubs_.push_back({table.name, table.ids[row], text_or(table, layer.name_column, row, table.ids[row]),
                         text_or(table, layer.country_column, row, country_at(point)), point, i});
      }
    }
    std::sort(hubs_.begin(), hubs_.end(), [](const HubRow& a, const HubRow& b) {
      return std::tie(a.kind, a.id, a.point) < std::tie(b.kind, b.id, b.point);
    });
    for (const HubRow& hub : hubs_) reach_modes(hub, locator);
  }

  void reach_modes(const HubRow& hub, const LinkLocator& locator) {
    const HubLayer& layer = layers_.hubs[hub.layer];
    std::vector<Reach> reached;
    for (const Mode mode : layer.modes) {
      const auto found = locator.nearest(hub.point, mode, layer.radius);
      if (!found) continue;
      reached.push_back({attachments_.size(), mode});
      attachments_.push_back(*found);
    }
    if (reached.size() < 2) {
      report_.add(Outcome::doubtful, {layer.table.source, hub.kind, hub.id},
                  "hub joins fewer than two modes");
    }
    hub_reach_.push_back(std::move(reached));
  }

  void attach_places(const LinkLocator& locator) {
    if (!layers_.places) return;
    const PlaceLayer& layer = *layers_.places;
    const FeatureTable table = reprojected(layer.table, Crs::wgs84(), report_);
    for (const std::size_t row : point_rows(table, report_)) {
      add_place(layer, table, row);
      const auto found = locator.nearest(places_.point.back(), layer.modes, layer.radius);
      place_attachment_.push_back(found ? attachments_.size() : kNotAttached);
      places_.access_m.push_back(found ? found->distance_m : 0.0);
      if (found) {
        attachments_.push_back(*found);
      } else {
        report_.add(Outcome::doubtful, {table.source, table.name, table.ids[row]},
                    "place out of reach of the network");
      }
    }
  }

  void add_place(const PlaceLayer& layer, const FeatureTable& table, std::size_t row) {
    const Point point = canonical(table.geometries[row].points[0]);
    places_.id.push_back(table.ids[row]);
    places_.name.push_back(text_or(table, layer.name_column, row, table.ids[row]));
    places_.country.push_back(text_or(table, layer.country_column, row, country_at(point)));
    places_.point.push_back(point);
    places_.population.push_back(amount(table, layer.population_column, row, 0.0));
    places_.source_weight.push_back(source_weight(layer, table, row));
    places_.destination_weight.push_back(
        amount(table, layer.destination_weight_column, row, places_.population.back()));
  }

  double source_weight(const PlaceLayer& layer, const FeatureTable& table, std::size_t row) const {
    const double population = places_.population.back();
    if (layer.vulnerability_column.empty()) return amount(table, layer.source_weight_column, row, population);
    return population * amount(table, layer.vulnerability_column, row, 0.0);
  }

  std::vector<CrossingPoint> crossing_points() const {
    std::vector<CrossingPoint> points;
    for (const DraftCrossing& c : cut_.crossings) {
      points.push_back({c.side_a.point, c.side_a.mode, country_code(codes_, c.country_a),
                        country_code(codes_, c.country_b), c.accuracy_m});
    }
    return points;
  }

  /// Appends one draft edge per crossing, and the table's rows without their edge ids. Returns how many.
  std::size_t add_crossing_edges() {
    const auto points = crossing_points();
    std::vector<std::optional<PostMatch>> matches(points.size());
    std::vector<Post> posts;
    if (layers_.posts) {
      PostLayer layer = *layers_.posts;
      layer.table = reprojected(layer.table, Crs::wgs84(), report_);
      posts = read_posts(layer, report_);
      matches = match_posts(points, posts, layer, report_);
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Post* post = matches[i] ? &posts[matches[i]->post] : nullptr;
      cut_.draft.edges.push_back(crossing_edge(cut_.crossings[i], post));
      add_crossing_row(points[i], post, matches[i] ? matches[i]->distance_m : 0.0);
    }
    return points.size();
  }

  DraftEdge crossing_edge(const DraftCrossing& crossing, const Post* post) const {
    DraftEdge edge;
    edge.from = crossing.side_a;
    edge.to = crossing.side_b;
    edge.kind = EdgeKind::crossing;
    edge.ways = crossing.ways;
    edge.mode = crossing.side_a.mode;
    const double detection =
        post == nullptr ? options_.informal_detection : post->detection.value_or(options_.listed_detection);
    edge.detection = std::min(detection, kLargestProbability);
    edge.wait_s =
        post == nullptr ? options_.informal_wait.value : post->wait_s.value_or(options_.listed_wait.value);
    edge.source = post == nullptr ? crossing.source : SourceFeature{layers_.posts->table.name, post->id};
    edge.line = {crossing.side_a.point, crossing.side_b.point};
    return edge;
  }

  void add_crossing_row(const CrossingPoint& at, const Post* post, double distance) {
    std::string id = post == nullptr ? "informal-" + std::to_string(++informal_) : post->id;
    if (post != nullptr && ++of_post_[post->id] > 1) id += "/" + std::to_string(of_post_[post->id]);
    crossings_.id.push_back(id);
    crossings_.post.push_back(post == nullptr ? "" : post->id);
    crossings_.name.push_back(post == nullptr ? "" : post->name);
    crossings_.country_a.push_back(at.country_a);
    crossings_.country_b.push_back(at.country_b);
    crossings_.mode.push_back(at.mode);
    crossings_.status.push_back(post == nullptr ? CrossingStatus::informal : CrossingStatus::listed);
    crossings_.point.push_back(at.point);
    crossings_.border_accuracy_m.push_back(cut_.crossings[crossings_.id.size() - 1].accuracy_m);
    crossings_.post_distance_m.push_back(distance);
  }

  NodeKey hub_key(std::size_t hub) const {
    return {hubs_[hub].point, Mode::transfer, static_cast<std::uint32_t>(hub)};
  }

  void add_transfer_edges() {
    for (std::size_t i = 0; i < hubs_.size(); ++i) {
      const auto code = std::lower_bound(codes_.begin(), codes_.end(), hubs_[i].country);
      if (code != codes_.end() && *code == hubs_[i].country) {
        cut_.draft.country.emplace(hub_key(i), static_cast<std::uint16_t>(code - codes_.begin()));
      }
      for (const Reach& reach : hub_reach_[i]) cut_.draft.edges.push_back(transfer_edge(i, reach));
    }
  }

  DraftEdge transfer_edge(std::size_t hub, const Reach& reach) const {
    const HubLayer& layer = layers_.hubs[hubs_[hub].layer];
    DraftEdge edge;
    edge.from = hub_key(hub);
    edge.to = cut_.attached[reach.attachment];
    edge.kind = EdgeKind::transfer;
    edge.mode = Mode::transfer;
    edge.length_m = geodesic_distance(edge.from.point, edge.to.point).value;
    edge.speed_kmh = options_.access_speed_kmh;
    // Whoever changes mode uses two transfer edges: each carries half of the wait and fee, and the square
    // root of the chance to pass unseen.
    edge.wait_s = layer.wait.value / 2;
    edge.money = layer.money / 2;
    edge.detection = 1.0 - std::sqrt(1.0 - std::min(layer.detection, kLargestProbability));
    edge.source = {hubs_[hub].kind, hubs_[hub].id};
    edge.line = {edge.from.point, edge.to.point};
    return edge;
  }

  BuiltNetwork number_everything(std::size_t crossing_count) {
    execution_.start("numbering the network", 1);
    const NumberedNetwork numbered = number(cut_.draft);
    find_crossing_edges(numbered, crossing_count);
    Hubs hubs = hub_table(numbered);
    for (const std::size_t attachment : place_attachment_) {
      places_.node.push_back(attachment == kNotAttached ? NodeId::none()
                                                        : numbered.node.at(cut_.attached[attachment]));
    }
    report_.sort();
    return {Network(numbered.columns, std::move(crossings_), std::move(hubs)), std::move(places_),
            std::move(report_)};
  }

  void find_crossing_edges(const NumberedNetwork& numbered, std::size_t crossing_count) {
    std::map<std::pair<NodeKey, NodeKey>, std::size_t> draft_edge;
    for (std::size_t i = 0; i < cut_.draft.edges.size(); ++i) {
      const DraftEdge& edge = cut_.draft.edges[i];
      if (edge.kind == EdgeKind::crossing) draft_edge[{edge.from, edge.to}] = i;
    }
    for (std::size_t i = 0; i < crossing_count; ++i) {
      const std::size_t edge = draft_edge.at({cut_.crossings[i].side_a, cut_.crossings[i].side_b});
      crossings_.a_to_b.push_back(numbered.forward[edge]);
      crossings_.b_to_a.push_back(numbered.backward[edge]);
    }
  }

  Hubs hub_table(const NumberedNetwork& numbered) const {
    Hubs table;
    for (std::size_t i = 0; i < hubs_.size(); ++i) {
      const auto node = numbered.node.find(hub_key(i));
      if (node == numbered.node.end()) continue;  // out of reach of every mode: reported above
      table.id.push_back(hubs_[i].id);
      table.name.push_back(hubs_[i].name);
      table.kind.push_back(hubs_[i].kind);
      table.country.push_back(hubs_[i].country);
      table.point.push_back(hubs_[i].point);
      table.node.push_back(node->second);
      std::uint32_t modes = 0;
      for (const Reach& reach : hub_reach_[i]) modes |= 1U << static_cast<unsigned>(reach.mode);
      table.modes.push_back(modes);
    }
    return table;
  }

  static constexpr std::size_t kNotAttached = static_cast<std::size_t>(-1);

  const NetworkLayers& layers_;
  const NetworkOptions& options_;
  const Execution& execution_;
  ImportReport report_;
  std::vector<Link> links_;
  std::unique_ptr<CountryAreas> areas_;
  std::vector<std::string> codes_;
  Borders borders_;
  std::vector<Attachment> attachments_;
  std::vector<HubRow> hubs_;
  std::vector<std::vector<Reach>> hub_reach_;
  Places places_;
  std::vector<std::size_t> place_attachment_;
  CutLinks cut_;
  Crossings crossings_;
  std::size_t informal_ = 0;
  std::map<std::string, std::size_t> of_post_;
};

}  // namespace

BuiltNetwork build_network(const NetworkLayers& layers, const NetworkOptions& options,
                           const Execution& execution) {
  return Builder(layers, options, execution).build();
}

}  // namespace waywarden
