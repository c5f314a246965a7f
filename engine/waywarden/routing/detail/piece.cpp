#include "waywarden/routing/detail/piece.h"

#include <utility>

namespace waywarden::detail {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::uint32_t kOut = 0xFFFFFFFE;

/// The nodes that `start` reaches, in the order in which it does; each gets its position as its number.
std::vector<std::uint32_t> reachable(const Adjacency& graph, std::uint32_t start,
                                     std::vector<std::uint32_t>& number) {
  std::vector<std::uint32_t> found{start};
  number[start] = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const std::uint32_t other : graph.of(found[i])) {
      if (number[other] != kNone) continue;
      number[other] = static_cast<std::uint32_t>(found.size());
      found.push_back(other);
    }
  }
  return found;
}

Piece part(const Piece& piece, const std::vector<std::uint32_t>& nodes,
           const std::vector<std::uint32_t>& number) {
  Piece found;
  found.whole.reserve(nodes.size());
  found.graph.first.reserve(nodes.size() + 1);
  for (const std::uint32_t n : nodes) {
    found.whole.push_back(piece.whole[n]);
    if (!piece.positions.empty()) found.positions.push_back(piece.positions[n]);
    for (const std::uint32_t other : piece.graph.of(n)) {
      if (number[other] != kOut) found.graph.head.push_back(number[other]);
    }
    found.graph.first.push_back(static_cast<std::uint32_t>(found.graph.head.size()));
  }
  return found;
}

}  // namespace

std::vector<Piece> components(const Piece& piece, const std::function<bool(std::uint32_t)>& is_out) {
  std::vector<std::uint32_t> number(piece.size(), kNone);
  for (std::uint32_t n = 0; n < piece.size(); ++n) {
    if (is_out(n)) number[n] = kOut;
  }
  std::vector<Piece> found;
  for (std::uint32_t n = 0; n < piece.size(); ++n) {
    if (number[n] == kNone) found.push_back(part(piece, reachable(piece.graph, n, number), number));
  }
  return found;
}

}  // namespace waywarden::detail
