#include "waywarden/network/joints.h"

#include <bit>

namespace waywarden {
namespace {

std::size_t vertex_count(const std::vector<Link>& lines) {
  std::size_t count = 0;
  for (const Link& link : lines) count += link.line.size();
  return count;
}

}  // namespace

Joints::Joints(const std::vector<Link>& lines) {
  const std::size_t vertices = vertex_count(lines);
  slots_.assign(std::bit_ceil(vertices + vertices / 2 + 1), kFree);
  vertex_.reserve(vertices);
  for (const Link& link : lines) {
    for (const Point p : link.line) vertex_.push_back(note(p, link.facts.level));
  }
  std::size_t vertex = 0;
  for (const Link& link : lines) {
    const std::size_t last = vertex + link.line.size() - 1;
    if (!joined(vertex)) join_all_levels(link.line.front());
    if (!joined(last)) join_all_levels(link.line.back());
    vertex = last + 1;
  }
  slots_ = {};
}

/// Levels of a point follow each other from the same slot on. Mixed as in splitmix64 (Steele, Lea and Flood
/// 2014): round coordinates differ in their highest bits alone.
std::size_t Joints::slot_of(Point p) const {
  const auto x = std::bit_cast<std::uint64_t>(p.x), y = std::bit_cast<std::uint64_t>(p.y);
  std::uint64_t mixed = x * 0x9E3779B97F4A7C15ULL;
  mixed = (mixed ^ (mixed >> 30U) ^ y) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
  return static_cast<std::size_t>(mixed ^ (mixed >> 31U)) & (slots_.size() - 1);
}

/// The second time, it is a joint.
std::uint32_t Joints::note(Point p, std::int16_t level) {
  std::size_t slot = slot_of(p);
  for (; slots_[slot] != kFree; slot = after(slot)) {
    Here& here = here_[slots_[slot]];
    if (here.point != p || here.level != level) continue;
    here.joined = true;
    return slots_[slot];
  }
  slots_[slot] = static_cast<std::uint32_t>(here_.size());
  here_.push_back({p, level, false});
  return slots_[slot];
}

void Joints::join_all_levels(Point p) {
  for (std::size_t slot = slot_of(p); slots_[slot] != kFree; slot = after(slot)) {
    Here& here = here_[slots_[slot]];
    if (here.point == p) here.joined = true;
  }
}

}  // namespace waywarden
