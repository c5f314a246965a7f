#pragma once

/// Listed border posts, and which crossing of the network each one is. Posts and crossings pair off by
/// ascending distance (then post id, then crossing), among those of the same two countries and mode and
/// within the tolerance; each post takes one crossing, together with those that the border's accuracy cannot
/// tell apart from it.

#include <optional>
#include <string>
#include <vector>

#include "waywarden/features/import_report.h"
#include "waywarden/network/layers.h"

namespace waywarden {

struct Post {
  std::string id;
  std::string name;
  /// country_a < country_b.
  std::string country_a;
  std::string country_b;
  std::optional<Mode> mode;
  std::optional<double> detection;
  std::optional<double> wait_s;
  Point point;
};

/// The layer's table must be in longitude and latitude. By id. Rows that cannot be used are reported.
std::vector<Post> read_posts(const PostLayer& layer, ImportReport& report);

/// A place where a link changes country, as the matching sees it.
struct CrossingPoint {
  Point point;
  Mode mode;
  std::string country_a;
  std::string country_b;
  double accuracy_m;
  friend auto operator<=>(const CrossingPoint&, const CrossingPoint&) = default;
};

struct PostMatch {
  std::size_t post;
  double distance_m;
};

/// One entry per crossing; nothing for informal ones. Posts without a crossing are reported as doubtful.
std::vector<std::optional<PostMatch>> match_posts(const std::vector<CrossingPoint>& crossings,
                                                  const std::vector<Post>& posts, const PostLayer& layer,
                                                  ImportReport& report);

}  // namespace waywarden
