#pragma once

/// The ways of an extract that become links, and where their nodes are.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/geometry/geometry.h"
#include "waywarden/osm/tag_values.h"

namespace waywarden::detail {

struct OsmWay {
  std::int64_t id = 0;
  /// Of the profile's link rules.
  std::uint32_t rule = 0;
  /// Refs are [first_ref, end_ref) of `WayStore::refs`.
  std::size_t first_ref = 0;
  std::size_t end_ref = 0;
  std::int16_t level = 0;
  WayDirection direction = WayDirection::not_stated;
  std::optional<double> limit_kmh = std::nullopt;
  std::optional<Seconds> duration = std::nullopt;
  /// The tag that made it a link, "highway=track".
  std::string kind = {};
  std::string name = {};
  std::string ref = {};
  std::string access = {};
};

struct WayStore {
  std::vector<OsmWay> ways;
  std::vector<std::int64_t> refs;

  std::span<const std::int64_t> refs_of(const OsmWay& way) const {
    return std::span(refs).subspan(way.first_ref, way.end_ref - way.first_ref);
  }
};

/// Places of the nodes that are wanted.
class NodePlaces {
 public:
  explicit NodePlaces(std::vector<std::int64_t> wanted);

  /// Nodes that are not wanted are passed over.
  void set(std::int64_t node, Point place);
  std::optional<Point> find(std::int64_t node) const;
  std::size_t wanted() const { return node_.size(); }
  std::size_t found() const { return found_; }

 private:
  std::optional<std::size_t> position(std::int64_t node) const;

  /// Ascending, each once.
  std::vector<std::int64_t> node_;
  std::vector<Point> place_;
  std::vector<std::uint8_t> known_;
  std::size_t found_ = 0;
  /// The first that is not below the node set last.
  std::size_t next_ = 0;
};

/// The way as far as its nodes are known: a part per stretch of at least two. How many are not.
struct DrawnWay {
  Geometry line;
  std::size_t missing = 0;
};
DrawnWay drawn(std::span<const std::int64_t> refs, const NodePlaces& places);

}  // namespace waywarden::detail
