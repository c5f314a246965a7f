#include "waywarden/network/attachments.h"

namespace waywarden {

LinkLocator::LinkLocator(const std::vector<Link>& links) {
  std::array<std::vector<std::pair<Point, Point>>, kModeCount> segments;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto mode = static_cast<std::size_t>(links[i].facts.mode);
    for (std::size_t s = 0; s + 1 < links[i].line.size(); ++s) {
      segments[mode].emplace_back(links[i].line[s], links[i].line[s + 1]);
      modes_[mode].link_and_segment.emplace_back(i, s);
    }
  }
  for (std::size_t mode = 0; mode < kModeCount; ++mode) {
    modes_[mode].index = std::make_unique<GeographicSegmentIndex>(std::move(segments[mode]));
  }
}

std::optional<Attachment> LinkLocator::nearest(Point from, Mode mode, Metres limit) const {
  const OfMode& of_mode = modes_[static_cast<std::size_t>(mode)];
  const auto hit = of_mode.index->nearest(from, limit);
  if (!hit) return std::nullopt;
  const auto [link, segment] = of_mode.link_and_segment[hit->segment];
  return Attachment{link, segment, hit->t, hit->distance_m};
}

std::optional<Attachment> LinkLocator::nearest(Point from, const std::vector<Mode>& modes,
                                               Metres limit) const {
  std::optional<Attachment> best;
  for (const Mode mode : modes) {
    const auto found = nearest(from, mode, limit);
    if (found && (!best || found->distance_m < best->distance_m)) best = found;
  }
  return best;
}

}  // namespace waywarden
