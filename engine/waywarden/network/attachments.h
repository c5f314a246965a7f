#pragma once

/// Where points (hubs, places) meet links: the nearest link of a mode by geodesic distance, within a limit;
/// ties go to the link that comes first in canonical order.

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "waywarden/index/geographic_index.h"
#include "waywarden/network/noding.h"

namespace waywarden {

struct Attachment {
  std::size_t link;
  std::size_t segment;
  double t;
  double distance_m;
};

class LinkLocator {
 public:
  explicit LinkLocator(const std::vector<Link>& links);

  std::optional<Attachment> nearest(Point from, Mode mode, Metres limit) const;
  std::optional<Attachment> nearest(Point from, const std::vector<Mode>& modes, Metres limit) const;

 private:
  struct OfMode {
    std::vector<std::pair<std::size_t, std::size_t>> link_and_segment;
    std::unique_ptr<GeographicSegmentIndex> index;
  };
  std::array<OfMode, kModeCount> modes_;
};

}  // namespace waywarden
