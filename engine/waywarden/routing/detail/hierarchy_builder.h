#pragma once

/// Makes the columns of a hierarchy from arcs and an order: see `Hierarchy`.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/detail/hierarchy_columns.h"

namespace waywarden::detail {

class HierarchyBuilder {
 public:
  /// Throws `OptionError` as the constructor of `Hierarchy` does.
  HierarchyBuilder(ArcColumns arcs, std::span<const std::uint32_t> order, const Execution& execution);

  HierarchyVectors take() && { return std::move(made_); }

 private:
  std::size_t node_count() const { return made_.rank.size(); }
  std::uint32_t parent(std::uint32_t r) const {
    return made_.first_up[r] == made_.first_up[r + 1] ? r : made_.up[made_.first_up[r]];
  }

  void number_ranks(ArcColumns arcs, const Execution& execution);
  void place_arcs(ArcColumns arcs);
  void join_neighbours(const Execution& execution);
  void append_siblings(std::uint32_t r, std::vector<std::uint32_t>& seen);
  void append_arcs(std::uint32_t r, std::vector<std::uint32_t>& seen);
  void number_slots();
  void find_triangles(const Execution& execution);
  void measure_depth();
  void cut_stages();
  void keep_stages(std::span<const std::vector<RankRange>> stages);

  HierarchyVectors made_;
};

}  // namespace waywarden::detail
