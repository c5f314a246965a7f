#include "waywarden/network/noding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "waywarden/index/geographic_index.h"
#include "waywarden/network/antimeridian.h"
#include "waywarden/network/joints.h"
#include "waywarden/network/line_crossings.h"
#include "waywarden/network/snapping.h"

namespace waywarden {
namespace {

struct PointHash {
  std::size_t operator()(Point p) const {
    const auto x = std::bit_cast<std::uint64_t>(p.x), y = std::bit_cast<std::uint64_t>(p.y);
    return static_cast<std::size_t>((x * 0x9E3779B97F4A7C15ULL) ^ ((y * 0xC2B2AE3D27D4EB4FULL) >> 7));
  }
};
using Counts = std::unordered_map<Point, std::uint32_t, PointHash>;

Where where(const Link& link) { return {"", link.facts.source.layer, link.facts.source.id}; }

void drop_repeated_vertices(std::vector<Link>& lines, ImportReport& report) {
  std::erase_if(lines, [&](Link& link) {
    link.line.erase(std::unique(link.line.begin(), link.line.end()), link.line.end());
    if (link.line.size() > 1) return false;
    report.add(Outcome::skipped, where(link), "line of length zero");
    return true;
  });
}

/// Two-way lines are drawn from their smaller end, so that a line and its reversed copy are the same.
void direct_canonically(Link& link) {
  if (link.facts.ways == Ways::backward) {
    std::reverse(link.line.begin(), link.line.end());
    link.facts.ways = Ways::forward;
  }
  if (link.facts.ways == Ways::forward) return;
  if (std::lexicographical_compare(link.line.rbegin(), link.line.rend(), link.line.begin(), link.line.end()))
    std::reverse(link.line.begin(), link.line.end());
}

auto same_but_source(const Link& link) {
  return std::tie(link.facts.mode, link.line, link.facts.ways, link.facts.speed_kmh, link.facts.detection,
                  link.facts.level);
}

/// What becomes of a line that is drawn twice, and of a part of one.
struct Duplicate {
  Outcome outcome;
  const char* reason;
};
constexpr Duplicate kLine{Outcome::skipped, "duplicate of another line"};
constexpr Duplicate kPart{Outcome::repaired, "part is a duplicate of another line"};

/// Sorts lines of one mode by `less`, which compares their vertices first. Where the first vertex decides,
/// and it mostly does, lines are not looked at; each is moved once.
template <class Less>
void sort_by_vertices(std::vector<Link>& lines, const Less& less) {
  std::vector<std::pair<Point, std::size_t>> order;
  order.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) order.emplace_back(lines[i].line.front(), i);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : less(lines[a.second], lines[b.second]);
  });
  std::vector<Link> sorted;
  sorted.reserve(lines.size());
  for (const auto& [first, i] : order) sorted.push_back(std::move(lines[i]));
  lines = std::move(sorted);
}

void sort_and_drop_duplicates(std::vector<Link>& lines, Duplicate duplicate, ImportReport& report) {
  for (Link& link : lines) direct_canonically(link);
  sort_by_vertices(lines, [](const Link& a, const Link& b) {
    const auto ka = same_but_source(a), kb = same_but_source(b);
    return ka != kb ? ka < kb : a.facts.source < b.facts.source;
  });
  std::vector<Link> kept;
  kept.reserve(lines.size());
  for (Link& link : lines) {
    if (!kept.empty() && same_but_source(kept.back()) == same_but_source(link)) {
      report.add(duplicate.outcome, where(link), duplicate.reason, "same as " + kept.back().facts.source.id);
    } else {
      kept.push_back(std::move(link));
    }
  }
  lines = std::move(kept);
}

std::vector<Point> ends_of(const std::vector<Link>& lines) {
  std::vector<Point> ends;
  for (const Link& link : lines) {
    ends.push_back(link.line.front());
    ends.push_back(link.line.back());
  }
  return ends;
}

/// Snapping may have taken an end over the antimeridian.
void split_where_ends_went_over(std::vector<Link>& lines) {
  std::vector<Link> pieces;
  for (Link& link : lines) {
    for (std::vector<Point>& piece : split_at_antimeridian(std::move(link.line)))
      pieces.push_back({std::move(piece), link.facts});
  }
  lines = std::move(pieces);
}

void snap_ends(std::vector<Link>& lines, Metres tolerance, ImportReport& report) {
  const auto targets = snap_targets(ends_of(lines), tolerance);
  for (Link& link : lines) {
    for (Point* end : {&link.line.front(), &link.line.back()}) {
      const auto target = targets.find(*end);
      if (target == targets.end()) continue;
      *end = target->second;
      report.add(Outcome::repaired, where(link), "end snapped to another end");
    }
  }
  split_where_ends_went_over(lines);
  drop_repeated_vertices(lines, report);
}

Counts count_vertices(const std::vector<Link>& lines) {
  Counts counts;
  for (const Link& link : lines) {
    for (const Point p : link.line) ++counts[p];
  }
  return counts;
}

/// A vertex to be put into a line so that a dangling end of another line meets it.
struct Tie {
  std::size_t line;
  std::size_t segment;
  double t;
  Point point;
  friend auto operator<=>(const Tie&, const Tie&) = default;
};

/// All segments of all lines, with the line and position each came from.
struct Segments {
  explicit Segments(const std::vector<Link>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (std::size_t s = 0; s + 1 < lines[i].line.size(); ++s) {
        ends.emplace_back(lines[i].line[s], lines[i].line[s + 1]);
        origin.emplace_back(i, s);
      }
    }
  }
  std::vector<std::pair<Point, Point>> ends;
  std::vector<std::pair<std::size_t, std::size_t>> origin;
};

std::vector<Tie> find_ties(const std::vector<Link>& lines, Metres tolerance) {
  const Counts counts = count_vertices(lines);
  const Segments segments(lines);
  const GeographicSegmentIndex index(segments.ends);
  std::vector<Tie> ties;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const Point end : {lines[i].line.front(), lines[i].line.back()}) {
      if (counts.at(end) > 1) continue;
      for (const auto& hit : index.within(end, tolerance)) {
        const auto [line, segment] = segments.origin[hit.segment];
        if (line == i || lines[line].facts.level != lines[i].facts.level) continue;
        // What lies over the antimeridian is joined there, by the builder.
        if (std::abs(segments.ends[hit.segment].first.x - end.x) > 180.0) continue;
        ties.push_back({line, segment, hit.t, end});
        break;
      }
    }
  }
  std::sort(ties.begin(), ties.end());
  return ties;
}

void tie_dangling_ends(std::vector<Link>& lines, Metres tolerance, ImportReport& report) {
  const std::vector<Tie> ties = find_ties(lines, tolerance);
  for (auto tie = ties.rbegin(); tie != ties.rend(); ++tie) {
    Link& link = lines[tie->line];
    link.line.insert(link.line.begin() + static_cast<std::ptrdiff_t>(tie->segment) + 1, tie->point);
    report.add(Outcome::repaired, where(link), "end of another line tied to this line");
  }
  drop_repeated_vertices(lines, report);
}

/// Of a line whose vertices are numbered from `vertex` on.
void cut_at_joints(Link& link, const Joints& joints, std::size_t vertex, std::vector<Link>& links) {
  const std::size_t last = link.line.size() - 1;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < last; ++i) {
    if (!joints.joined(vertex + i)) continue;
    links.push_back({{link.line.begin() + static_cast<std::ptrdiff_t>(begin),
                      link.line.begin() + static_cast<std::ptrdiff_t>(i) + 1},
                     link.facts});
    begin = i;
  }
  link.line.erase(link.line.begin(), link.line.begin() + static_cast<std::ptrdiff_t>(begin));
  links.push_back(std::move(link));
}

std::vector<Link> cut_at_joints(std::vector<Link> lines) {
  const Joints joints(lines);
  std::vector<Link> links;
  links.reserve(lines.size());
  std::size_t vertex = 0;
  for (Link& link : lines) {
    const std::size_t vertices = link.line.size();
    cut_at_joints(link, joints, vertex, links);
    vertex += vertices;
  }
  return links;
}

/// Lines of one mode.
std::vector<Link> node_mode(std::vector<Link> lines, Metres tolerance, ImportReport& report,
                            const Execution& execution) {
  drop_repeated_vertices(lines, report);
  sort_and_drop_duplicates(lines, kLine, report);
  lines = with_junctions(std::move(lines), execution).lines;
  if (tolerance.value > 0.0) {
    snap_ends(lines, tolerance, report);
    tie_dangling_ends(lines, tolerance, report);
  }
  std::vector<Link> links = cut_at_joints(std::move(lines));
  // Lines that overlap have parts in common once they are cut.
  sort_and_drop_duplicates(links, kPart, report);
  sort_by_vertices(links, std::less<>());
  return links;
}

}  // namespace

Point canonical(Point p) {
  // One turn, and one longitude for all that is the pole.
  if (std::abs(p.x) > 180.0) p.x = std::remainder(p.x, 360.0);
  if (std::abs(p.y) == 90.0) p.x = 0.0;
  // Adding zero turns -0 into +0, so that equal points have equal bits.
  return {std::nearbyint(p.x * 1e7) / 1e7 + 0.0, std::nearbyint(p.y * 1e7) / 1e7 + 0.0};
}

std::vector<Link> node_lines(std::vector<Link> lines, Metres snap_tolerance, ImportReport& report,
                             const Execution& execution) {
  execution.start("noding lines", kModeCount);
  std::array<std::vector<Link>, kModeCount> of_mode;
  for (Link& link : lines) of_mode[static_cast<std::size_t>(link.facts.mode)].push_back(std::move(link));
  lines = {};
  for (std::vector<Link>& mode : of_mode) {
    execution.check();
    std::vector<Link> noded = node_mode(std::move(mode), snap_tolerance, report, execution);
    std::ranges::move(noded, std::back_inserter(lines));
    execution.advance();
  }
  return lines;
}

}  // namespace waywarden
