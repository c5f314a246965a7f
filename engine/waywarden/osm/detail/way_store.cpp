#include "waywarden/osm/detail/way_store.h"

#include <algorithm>

namespace waywarden::detail {

NodePlaces::NodePlaces(std::vector<std::int64_t> wanted) : node_(std::move(wanted)) {
  std::sort(node_.begin(), node_.end());
  node_.erase(std::unique(node_.begin(), node_.end()), node_.end());
  node_.shrink_to_fit();
  place_.resize(node_.size());
  known_.resize(node_.size(), 0);
}

std::optional<std::size_t> NodePlaces::position(std::int64_t node) const {
  const auto at = std::lower_bound(node_.begin(), node_.end(), node);
  if (at == node_.end() || *at != node) return std::nullopt;
  return static_cast<std::size_t>(at - node_.begin());
}

void NodePlaces::set(std::int64_t node, Point place) {
  // Files hold nodes by ascending id, but need not.
  if (next_ > 0 && node_[next_ - 1] >= node) next_ = 0;
  if (next_ == 0) next_ = static_cast<std::size_t>(std::ranges::lower_bound(node_, node) - node_.begin());
  while (next_ < node_.size() && node_[next_] < node) ++next_;
  if (next_ == node_.size() || node_[next_] != node) return;
  found_ += known_[next_] == 0 ? 1 : 0;
  known_[next_] = 1;
  place_[next_] = place;
}

std::optional<Point> NodePlaces::find(std::int64_t node) const {
  const auto at = position(node);
  if (!at || known_[*at] == 0) return std::nullopt;
  return place_[*at];
}

DrawnWay drawn(std::span<const std::int64_t> refs, const NodePlaces& places) {
  DrawnWay way;
  std::vector<Point> part;
  const auto end_part = [&] {
    if (part.size() > 1) way.line.add_part(part);
    part.clear();
  };
  for (const std::int64_t ref : refs) {
    const std::optional<Point> place = places.find(ref);
    if (place) {
      part.push_back(*place);
    } else {
      ++way.missing;
      end_part();
    }
  }
  end_part();
  if (way.line.part_count() == 1) way.line.type = GeometryType::line_string;
  if (way.line.part_count() > 1) way.line.type = GeometryType::multi_line_string;
  return way;
}

}  // namespace waywarden::detail
