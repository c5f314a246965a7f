#include "waywarden/osm/read_osm.h"

#include <algorithm>
#include <array>
#include <map>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/osm/detail/landings.h"
#include "waywarden/osm/detail/osm_file.h"
#include "waywarden/osm/detail/way_store.h"

namespace waywarden {
namespace {

using detail::DrawnWay;
using detail::NodePlaces;
using detail::OsmWay;
using detail::WayStore;

std::string_view tag(const osmium::TagList& tags, const char* key) {
  const char* value = tags[key];
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

bool has(const osmium::TagList& tags, const TagPattern& pattern) {
  const char* value = tags[pattern.key.c_str()];
  return value != nullptr && pattern.fits(pattern.key, value);
}

std::string text_of(const TagPattern& pattern, const osmium::TagList& tags) {
  return pattern.key + "=" + std::string(tag(tags, pattern.key.c_str()));
}

/// The modes that land at a node meet there: what is further away has no part in it.
constexpr Metres kSameNode{0.5};

/// Finds the first rule that fits a way. Most ways are buildings and the like: none of the keys is theirs.
class RuleFinder {
 public:
  explicit RuleFinder(const std::vector<LinkRule>& rules) : rules_(rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) of_key_[rules[i].tag.key].push_back(i);
  }

  /// As many as there are rules where none fits.
  std::size_t first(const osmium::TagList& tags) const {
    std::size_t found = rules_.size();
    for (const auto& [key, of_key] : of_key_) {
      const char* value = tags[key.c_str()];
      if (value == nullptr) continue;
      const auto fits = [&](std::size_t rule) { return rules_[rule].tag.fits(key, value); };
      const auto at = std::ranges::find_if(of_key, fits);
      if (at != of_key.end()) found = std::min(found, *at);
    }
    return found;
  }

 private:
  const std::vector<LinkRule>& rules_;
  std::map<std::string, std::vector<std::size_t>> of_key_;
};

/// Rows with some columns of text that may be missing, sorted by id.
class Rows {
 public:
  explicit Rows(std::vector<std::string> columns) : names_(std::move(columns)) {}

  void add(std::int64_t id, std::optional<Point> at, std::vector<std::string> texts) {
    rows_.push_back({id, at, std::move(texts)});
  }

  FeatureTable table(const std::string& name, const std::string& source, const char* prefix) {
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    FeatureTable table{name, source, Crs::wgs84(), {}, {}, {}};
    for (const Row& row : rows_) {
      table.ids.push_back(prefix + std::to_string(row.id));
      if (row.at) table.geometries.push_back(Geometry::of_point(*row.at));
    }
    for (std::size_t c = 0; c < names_.size(); ++c) table.add(column(c));
    return table;
  }

 private:
  struct Row {
    std::int64_t id;
    std::optional<Point> at;
    std::vector<std::string> texts;
  };

  Column column(std::size_t c) const {
    Column::Texts texts;
    std::vector<std::uint8_t> valid;
    for (const Row& row : rows_) {
      texts.push_back(row.texts[c]);
      valid.push_back(row.texts[c].empty() ? 0 : 1);
    }
    return {names_[c], std::move(texts), std::move(valid)};
  }

  std::vector<std::string> names_;
  std::vector<Row> rows_;
};

/// Lines of one mode, column by column.
struct LineColumns {
  std::vector<std::string> ids;
  std::vector<Geometry> lines;
  Column::Texts kind, name, ref, access, speed_from, oneway;
  Column::Reals speed;
  Column::Integers level;

  static Column optional_text(const char* name, Column::Texts texts) {
    std::vector<std::uint8_t> valid;
    for (const std::string& text : texts) valid.push_back(text.empty() ? 0 : 1);
    return {name, std::move(texts), std::move(valid)};
  }

  FeatureTable table(const std::string& mode, const std::string& source) && {
    FeatureTable table{mode, source, Crs::wgs84(), std::move(ids), std::move(lines), {}};
    table.add(Column("class", std::move(kind)));
    table.add(optional_text("name", std::move(name)));
    table.add(optional_text("ref", std::move(ref)));
    table.add(optional_text("access", std::move(access)));
    table.add(Column("speed_kmh", std::move(speed)));
    table.add(Column("speed_from", std::move(speed_from)));
    table.add(Column("oneway", std::move(oneway)));
    table.add(Column("level", std::move(level)));
    return table;
  }
};

class OsmReading {
 public:
  OsmReading(const std::string& path, const TagProfile& profile, const OsmOptions& options,
             const Execution& execution)
      : file_(path), profile_(profile), rules_(profile.links), options_(options), execution_(execution) {}

  OsmExtract run() {
    execution_.start("reading " + file_.path(), 2);
    read_ways_and_relations();
    execution_.advance();
    NodePlaces places(store_.refs);
    read_nodes(places);
    execution_.advance();
    made_.counts.link_nodes = places.found();
    made_.counts.missing_nodes = places.wanted() - places.found();
    make_links(places);
    made_.hubs = hubs_.table("hubs", file_.path(), "n");
    made_.posts = posts_.table("posts", file_.path(), "n");
    make_landings(places);
    made_.restrictions = restrictions_.table("restrictions", file_.path(), "r");
    return std::move(made_);
  }

 private:
  void read_ways_and_relations() {
    const auto entities = osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation;
    file_.visit_buffers(entities, execution_, [&](const osmium::memory::Buffer& buffer) {
      for (const auto& way : buffer.select<osmium::Way>()) {
        if (way.visible()) read(way);
      }
      for (const auto& relation : buffer.select<osmium::Relation>()) {
        if (relation.visible()) read(relation);
      }
    });
    made_.report.read(file_.path(), "ways", made_.counts.ways);
    std::sort(store_.ways.begin(), store_.ways.end(),
              [](const OsmWay& a, const OsmWay& b) { return a.id < b.id; });
  }

  void read(const osmium::Way& way) {
    ++made_.counts.ways;
    if (made_.counts.ways > options_.max_ways) {
      throw InputError({file_.path(), "", ""}, "more than " + std::to_string(options_.max_ways) + " ways");
    }
    const osmium::TagList& tags = way.tags();
    const std::size_t rule = rules_.first(tags);
    if (rule == profile_.links.size()) {
      ++made_.counts.others;
    } else if (closed(tags, profile_.links[rule].mode)) {
      ++made_.counts.closed;
    } else {
      keep(way, static_cast<std::uint32_t>(rule));
    }
  }

  bool closed(const osmium::TagList& tags, Mode mode) const {
    return std::any_of(profile_.closed.begin(), profile_.closed.end(), [&](const ClosedRule& rule) {
      return (!rule.mode || *rule.mode == mode) && has(tags, rule.tag);
    });
  }

  void keep(const osmium::Way& way, std::uint32_t rule) {
    const osmium::TagList& tags = way.tags();
    OsmWay kept{.id = way.id(), .rule = rule, .first_ref = store_.refs.size()};
    for (const auto& node : way.nodes()) store_.refs.push_back(node.ref());
    kept.end_ref = store_.refs.size();
    if (store_.refs.size() > options_.max_vertices) {
      throw InputError({file_.path(), "", ""},
                       "more than " + std::to_string(options_.max_vertices) + " vertices");
    }
    kept.level = level_of(tag(tags, "layer"), tag(tags, "bridge"), tag(tags, "tunnel"));
    kept.direction = direction_of(tag(tags, "oneway"), tag(tags, "junction"));
    kept.limit_kmh = speed_limit_kmh(tag(tags, "maxspeed"));
    kept.duration = duration_of(tag(tags, "duration"));
    kept.name = tag(tags, "name");
    kept.ref = tag(tags, "ref");
    kept.access = tag(tags, "access");
    kept.kind = text_of(profile_.links[rule].tag, tags);
    store_.ways.push_back(std::move(kept));
  }

  void read(const osmium::Relation& relation) {
    if (tag(relation.tags(), "type") != "restriction") return;
    std::map<std::string_view, std::string> members;
    for (const auto& member : relation.members()) {
      std::string& role = members[member.role()];
      role += (role.empty() ? "" : " ") + std::string(1, osmium::item_type_to_char(member.type())) +
              std::to_string(member.ref());
    }
    restrictions_.add(
        relation.id(), std::nullopt,
        {std::string(tag(relation.tags(), "restriction")), members["from"], members["via"], members["to"]});
  }

  void read_nodes(NodePlaces& places) {
    std::uint64_t count = 0;
    file_.for_each<osmium::Node>(osmium::osm_entity_bits::node, execution_, [&](const osmium::Node& node) {
      ++count;
      if (!node.location().valid()) return;
      const Point place{node.location().lon(), node.location().lat()};
      places.set(node.id(), place);
      if (!node.tags().empty()) read_points(node, place);
    });
    made_.report.read(file_.path(), "nodes", count);
  }

  void read_points(const osmium::Node& node, Point place) {
    const osmium::TagList& tags = node.tags();
    const auto note = [&](const std::vector<TagPattern>& patterns, Rows& rows) {
      const auto fits = [&](const TagPattern& pattern) { return has(tags, pattern); };
      const auto found = std::find_if(patterns.begin(), patterns.end(), fits);
      if (found == patterns.end()) return;
      rows.add(node.id(), place, {text_of(*found, tags), std::string(tag(tags, "name"))});
    };
    note(profile_.hubs, hubs_);
    note(profile_.posts, posts_);
  }

  void make_links(const NodePlaces& places) {
    std::array<LineColumns, kModeCount> by_mode;
    for (const OsmWay& way : store_.ways) {
      DrawnWay line = detail::drawn(store_.refs_of(way), places);
      if (usable(way, line)) add(way, std::move(line.line), by_mode);
    }
    for (std::size_t m = 0; m < kModeCount; ++m) {
      if (by_mode[m].ids.empty()) continue;
      const Mode mode = static_cast<Mode>(m);
      made_.links.push_back({.table = std::move(by_mode[m]).table(name(mode), file_.path()),
                             .mode = mode,
                             .speed_column = "speed_kmh",
                             .oneway_column = "oneway",
                             .level_column = "level"});
    }
  }

  void make_landings(const NodePlaces& places) {
    Rows rows{{}};
    for (const std::int64_t node : detail::landings(store_, profile_.links)) {
      if (const auto place = places.find(node)) rows.add(node, place, {});
    }
    made_.landings = {.table = rows.table("landings", file_.path(), "n"),
                      .modes = {Mode::road, Mode::rail, Mode::sea, Mode::foot},
                      .radius = kSameNode};
  }

  bool usable(const OsmWay& way, const DrawnWay& line) {
    const Where where{file_.path(), "ways", "w" + std::to_string(way.id)};
    const bool drawn = line.line.part_count() > 0;
    if (line.missing > 0) {
      made_.report.add(drawn ? Outcome::repaired : Outcome::skipped, where, "nodes that are not in the file",
                       std::to_string(line.missing));
    } else if (!drawn) {
      made_.report.add(Outcome::skipped, where, "way of less than two nodes");
    }
    return drawn;
  }

  void add(const OsmWay& way, Geometry line, std::array<LineColumns, kModeCount>& by_mode) {
    const LinkRule& rule = profile_.links[way.rule];
    LineColumns& to = by_mode[static_cast<std::size_t>(rule.mode)];
    const auto [speed, from] = speed_of(way, rule, line);
    to.ids.push_back("w" + std::to_string(way.id));
    to.lines.push_back(std::move(line));
    to.kind.push_back(way.kind);
    to.name.push_back(way.name);
    to.ref.push_back(way.ref);
    to.access.push_back(way.access);
    to.speed.push_back(speed);
    to.speed_from.emplace_back(from);
    to.oneway.emplace_back(oneway_of(way, rule));
    to.level.push_back(way.level);
    ++made_.counts.links;
  }

  static std::pair<double, const char*> speed_of(const OsmWay& way, const LinkRule& rule,
                                                 const Geometry& line) {
    if (way.duration && line.part_count() == 1) {
      const double kmh = 3.6 * geodesic_length(line.part(0)).value / way.duration->value;
      if (kmh > 0.0) return {kmh, "duration"};
    }
    if (way.limit_kmh) return {*way.limit_kmh, "maxspeed"};
    return {rule.speed_kmh, "assumed"};
  }

  static const char* oneway_of(const OsmWay& way, const LinkRule& rule) {
    if (way.direction == WayDirection::backward) return "reverse";
    const bool implied = way.direction == WayDirection::not_stated && rule.oneway;
    return way.direction == WayDirection::forward || implied ? "yes" : "no";
  }

  detail::OsmFile file_;
  const TagProfile& profile_;
  RuleFinder rules_;
  const OsmOptions& options_;
  const Execution& execution_;
  WayStore store_;
  Rows hubs_{{"kind", "name"}};
  Rows posts_{{"kind", "name"}};
  Rows restrictions_{{"restriction", "from", "via", "to"}};
  OsmExtract made_;
};

}  // namespace

OsmExtract read_osm(const std::string& path, const TagProfile& profile, const OsmOptions& options,
                    const Execution& execution) {
  return OsmReading(path, profile, options, execution).run();
}

}  // namespace waywarden
