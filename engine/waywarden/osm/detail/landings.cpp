#include "waywarden/osm/detail/landings.h"

#include <algorithm>

namespace waywarden::detail {
namespace {

bool on_land(Mode mode) { return mode == Mode::road || mode == Mode::rail || mode == Mode::foot; }

std::vector<std::int64_t> ends_at_sea(const WayStore& store, const std::vector<LinkRule>& rules) {
  std::vector<std::int64_t> ends;
  for (const OsmWay& way : store.ways) {
    const auto refs = store.refs_of(way);
    if (rules[way.rule].mode == Mode::sea && !refs.empty())
      ends.insert(ends.end(), {refs.front(), refs.back()});
  }
  std::ranges::sort(ends);
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

}  // namespace

std::vector<std::int64_t> landings(const WayStore& store, const std::vector<LinkRule>& rules) {
  const std::vector<std::int64_t> ends = ends_at_sea(store, rules);
  std::vector<std::int64_t> found;
  for (const OsmWay& way : store.ways) {
    if (ends.empty() || !on_land(rules[way.rule].mode)) continue;
    for (const std::int64_t node : store.refs_of(way)) {
      if (std::ranges::binary_search(ends, node)) found.push_back(node);
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace waywarden::detail
