#pragma once

/// Typed indices. An id is a position in the columns of the object that issued it (a `Network`, a table of
/// places), so ids of different kinds cannot be confused and need no lookup. Ids follow the canonical order
/// of content, never the order of input rows.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace waywarden {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value_(static_cast<std::uint32_t>(index)) {}

  /// The named "no such thing": the state of a default-constructed id.
  static constexpr Id none() { return Id(); }
  constexpr bool exists() const { return value_ != kNone; }
  /// Position in the owner's columns; meaningless where `exists()` is false.
  constexpr std::size_t index() const { return value_; }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value_ = kNone;
};

using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
using PlaceId = Id<struct PlaceTag>;
using HubId = Id<struct HubTag>;
using CrossingId = Id<struct CrossingTag>;
using SiteId = Id<struct SiteTag>;

}  // namespace waywarden

template <class Tag>
struct std::hash<waywarden::Id<Tag>> {
  std::size_t operator()(waywarden::Id<Tag> id) const noexcept { return id.index(); }
};
