#pragma once

/// A network prepared for routing: its contraction hierarchy, made once and used with any costs. Nodes and
/// arcs of the hierarchy are those of the network, by the same numbers; transfers and border crossings are
/// arcs like any other, and a closed edge is one of infinite cost.
///
/// Depends on topology and on where nodes lie, never on costs. Some 2 to 8 us per node to make; memory, and
/// its file, some 160 bytes per node of a road network. Keeps no reference to the network.

#include <cstdint>
#include <memory>
#include <string>

#include "waywarden/base/execution.h"
#include "waywarden/network/network.h"
#include "waywarden/routing/dissection.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden {

class RouteIndex {
 public:
  explicit RouteIndex(const Network& network, const DissectionOptions& options = {},
                      const Execution& execution = {});

  /// An index that `save` has written, mapped into memory: some 0.1 us per node, and processes share it. The
  /// file must not be written to meanwhile; saving anew to its path is safe, since that makes another file.
  /// Throws `FileError` where it cannot be read, is damaged or of another version, and `InputError` where it
  /// is the index of another network.
  static RouteIndex load(const std::string& path, const Network& network);
  /// Throws `FileError` where it cannot be written; nobody sees half a file.
  void save(const std::string& path) const;

  const Hierarchy& hierarchy() const { return hierarchy_; }
  /// The network's edges.
  ArcColumns arcs() const { return arcs_; }
  std::size_t node_count() const { return hierarchy_.node_count(); }
  std::size_t edge_count() const { return hierarchy_.arc_count(); }
  /// SHA-256 over the network's arcs: what `fits` goes by.
  const std::string& digest() const { return digest_; }
  /// Whether it was made from a network of these arcs.
  bool fits(const Network& network) const;

 private:
  RouteIndex() = default;

  ArcColumns arcs_;
  /// Of the arcs.
  std::shared_ptr<const void> keeper_;
  Hierarchy hierarchy_;
  std::string digest_;
};

/// SHA-256 over the number of nodes and every edge's tail and head, 64 hexadecimal digits.
std::string topology_digest(const Network& network);

}  // namespace waywarden
