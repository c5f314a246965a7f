#include "waywarden/network/border_finder.h"

#include <algorithm>
#include <map>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/chains.h"

namespace waywarden {
namespace {

/// A stay in one country along a chain, in metres from the chain's start.
struct Stay {
  std::uint16_t country;
  double begin;
  double end;
  double length() const { return end - begin; }
};

/// One segment of a link, as the chain travels it.
struct Step {
  std::size_t link;
  std::size_t segment;
  bool reversed;
  double begin;
  double end;
};

struct ChainPath {
  Mode mode;
  std::vector<Step> steps;
  std::vector<Stay> stays;
  Point first, last;
};

Point at(Point a, Point b, double t) { return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}; }

/// Builds a chain's stays from the exact geometry.
class PathReader {
 public:
  PathReader(const std::vector<Link>& links, const CountryAreas& areas) : links_(links), areas_(areas) {}

  ChainPath read(const Chain& chain) const {
    ChainPath path{links_[chain[0].link].facts.mode, {}, {}, {}, {}};
    for (const ChainPiece& piece : chain) {
      const std::size_t segments = links_[piece.link].line.size() - 1;
      for (std::size_t s = 0; s < segments; ++s) add_step(piece, piece.reversed ? segments - 1 - s : s, path);
    }
    const auto& head = links_[chain.front().link].line;
    const auto& tail = links_[chain.back().link].line;
    path.first = chain.front().reversed ? head.back() : head.front();
    path.last = chain.back().reversed ? tail.front() : tail.back();
    return path;
  }

 private:
  void add_step(const ChainPiece& piece, std::size_t segment, ChainPath& path) const {
    Point a = links_[piece.link].line[segment], b = links_[piece.link].line[segment + 1];
    if (piece.reversed) std::swap(a, b);
    const double begin = path.steps.empty() ? 0.0 : path.steps.back().end;
    path.steps.push_back({piece.link, segment, piece.reversed, begin, begin + geodesic_distance(a, b).value});
    add_stays(a, b, path);
  }

  void add_stays(Point a, Point b, ChainPath& path) const {
    const Step& step = path.steps.back();
    std::vector<double> shares = areas_.border_shares(a, b);
    // No border is met: the country of the last stay goes on, without asking again.
    if (shares.empty() && !path.stays.empty()) {
      path.stays.back().end = step.end;
      return;
    }
    shares.push_back(1.0);
    double from = 0.0;
    for (const double to : shares) {
      if (to <= from) continue;
      const auto country = areas_.country_at(at(a, b, (from + to) / 2));
      const double length = step.end - step.begin;
      append({country.value_or(kNoCountry), step.begin + from * length, step.begin + to * length},
             path.stays);
      from = to;
    }
  }

  static void append(Stay stay, std::vector<Stay>& stays) {
    if (!stays.empty() && stays.back().country == stay.country) {
      stays.back().end = stay.end;
    } else {
      stays.push_back(stay);
    }
  }

  const std::vector<Link>& links_;
  const CountryAreas& areas_;
};

/// Gives stay i to its neighbours: all to one at a chain's end or between equals, half to each otherwise.
void dissolve(std::vector<Stay>& stays, std::size_t i) {
  const bool first = i == 0, last = i + 1 == stays.size();
  const double middle = first ? stays[i].begin : last ? stays[i].end : (stays[i].begin + stays[i].end) / 2;
  if (!first) stays[i - 1].end = middle;
  if (!last) stays[i + 1].begin = middle;
  stays.erase(stays.begin() + static_cast<std::ptrdiff_t>(i));
  if (!first && !last && stays[i - 1].country == stays[i].country) {
    stays[i - 1].end = stays[i].end;
    stays.erase(stays.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

bool on_land(Mode mode) { return mode != Mode::sea && mode != Mode::air; }

void dissolve_no_mans_land(ChainPath& path) {
  if (!on_land(path.mode)) return;
  for (std::size_t i = path.stays.size(); i-- > 0;) {
    if (path.stays.size() > 1 && path.stays[i].country == kNoCountry) dissolve(path.stays, i);
    i = std::min(i, path.stays.size());
  }
}

double accuracy(const CountryAreas& areas, std::uint16_t country) {
  return country == kNoCountry ? 0.0 : areas.accuracy_m(country);
}

/// How far the border on either side of stay i may be off.
double accuracy_around(const std::vector<Stay>& stays, std::size_t i, const CountryAreas& areas) {
  double metres = accuracy(areas, stays[i].country);
  if (i > 0) metres = std::max(metres, accuracy(areas, stays[i - 1].country));
  if (i + 1 < stays.size()) metres = std::max(metres, accuracy(areas, stays[i + 1].country));
  return metres;
}

/// Metres: lengths that differ by less are equal, so that it is not their rounding that decides.
constexpr double kSameLength = 1e-3;

/// Shortest first, so that a long stay between two short ones survives; of equal ones the first of the chain.
void dissolve_short_stays(std::vector<Stay>& stays, const CountryAreas& areas) {
  for (;;) {
    std::size_t shortest = 0;
    for (std::size_t i = 1; i + 1 < stays.size(); ++i) {
      if (stays[i].length() >= accuracy_around(stays, i, areas)) continue;
      if (shortest == 0 || stays[i].length() < stays[shortest].length() - kSameLength) shortest = i;
    }
    if (shortest == 0) return;
    dissolve(stays, shortest);
  }
}

/// The end of a chain at a junction.
struct ChainEnd {
  std::size_t path;
  bool at_start;
};
using Junctions = std::map<std::pair<Mode, Point>, std::vector<ChainEnd>>;

Junctions junctions(const std::vector<ChainPath>& paths) {
  Junctions at;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    at[{paths[i].mode, paths[i].first}].push_back({i, true});
    at[{paths[i].mode, paths[i].last}].push_back({i, false});
  }
  return at;
}

/// The country behind a short stay at this end of a chain; nothing where the stay is not short.
std::optional<std::uint16_t> country_behind(const ChainPath& path, bool at_start, const CountryAreas& areas) {
  const auto& stays = path.stays;
  if (stays.size() < 2) return std::nullopt;
  const std::size_t end = at_start ? 0 : stays.size() - 1;
  if (stays[end].length() >= accuracy_around(stays, end, areas)) return std::nullopt;
  return stays[at_start ? 1 : stays.size() - 2].country;
}

bool is_noise(const std::vector<ChainEnd>& ends, const std::vector<ChainPath>& paths,
              const CountryAreas& areas) {
  const auto behind = country_behind(paths[ends[0].path], ends[0].at_start, areas);
  return behind && std::all_of(ends.begin(), ends.end(), [&](const ChainEnd& end) {
           return country_behind(paths[end.path], end.at_start, areas) == behind;
         });
}

void dissolve_short_stays_at_junctions(std::vector<ChainPath>& paths, const CountryAreas& areas) {
  for (const auto& [junction, ends] : junctions(paths)) {
    if (!is_noise(ends, paths, areas)) continue;
    for (const ChainEnd& end : ends) {
      auto& stays = paths[end.path].stays;
      if (stays.size() > 1) dissolve(stays, end.at_start ? 0 : stays.size() - 1);
    }
  }
}

void note_start_countries(const ChainPath& path, std::vector<std::uint16_t>& start_country) {
  std::size_t stay = 0;
  for (const Step& step : path.steps) {
    const double position = step.reversed ? step.end : step.begin;
    while (stay + 1 < path.stays.size() && path.stays[stay].end <= position) ++stay;
    // The first segment of the link's line decides; against the line, that is the last step of the link.
    if (step.segment == 0) start_country[step.link] = path.stays[stay].country;
  }
}

BorderCut cut_at(const ChainPath& path, std::size_t stay, const CountryAreas& areas) {
  const double position = path.stays[stay].end;
  const auto step =
      std::find_if(path.steps.begin(), path.steps.end(), [&](const Step& s) { return s.end >= position; });
  double t = step->end > step->begin ? (position - step->begin) / (step->end - step->begin) : 0.0;
  std::uint16_t from = path.stays[stay].country, to = path.stays[stay + 1].country;
  const double metres = std::max(accuracy(areas, from), accuracy(areas, to));
  if (step->reversed) {
    t = 1.0 - t;
    std::swap(from, to);
  }
  return {step->link, step->segment, std::clamp(t, 0.0, 1.0), from, to, metres};
}

}  // namespace

Borders find_borders(const std::vector<Link>& links, const CountryAreas& areas, const Execution& execution) {
  const std::vector<Chain> all = chains(links);
  execution.start("finding border crossings", all.size());
  std::vector<ChainPath> paths(all.size());
  const PathReader reader(links, areas);
  parallel_for(all.size(), execution, [&](std::size_t i) {
    paths[i] = reader.read(all[i]);
    dissolve_no_mans_land(paths[i]);
    dissolve_short_stays(paths[i].stays, areas);
    execution.advance();
  });
  dissolve_short_stays_at_junctions(paths, areas);

  Borders borders{{}, std::vector<std::uint16_t>(links.size(), kNoCountry)};
  for (const ChainPath& path : paths) {
    note_start_countries(path, borders.start_country);
    if (path.mode == Mode::air) continue;
    for (std::size_t stay = 0; stay + 1 < path.stays.size(); ++stay) {
      borders.cuts.push_back(cut_at(path, stay, areas));
    }
  }
  std::sort(borders.cuts.begin(), borders.cuts.end());
  return borders;
}

}  // namespace waywarden
