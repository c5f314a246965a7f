#include "waywarden/density/line_heat.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "waywarden/density/detail/line_elimination.h"

namespace waywarden {
namespace {

using density_detail::Complex;
using density_detail::LineElimination;
using density_detail::times;

/// Points of the contour, half of them by symmetry.
constexpr std::size_t kPoints = 32;

/// exp(t A) is the real part of the sum of coefficient x (z - t A)^-1.
struct ContourPoint {
  Complex z;
  Complex coefficient;
};

ContourPoint contour_point(std::size_t k) {
  const double n = kPoints, theta = (2.0 * static_cast<double>(k) + 1.0) * std::numbers::pi / n;
  const Complex z{n * (0.1309 - 0.1194 * theta * theta), n * 0.25 * theta};
  const Complex slope{-2.0 * n * 0.1194 * theta, n * 0.25};
  return {z, std::exp(z) * slope * Complex{0.0, -2.0 / n}};
}

/// 1 - exp(-x), also where x is small.
Complex lost(Complex x) {
  const double half = std::sin(0.5 * x.imag()), shrunk = std::exp(-x.real());
  return {-std::expm1(-x.real()) + 2.0 * shrunk * half * half, shrunk * std::sin(x.imag())};
}

/// A piece of an edge between nodes and incidents.
struct Piece {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  double from = 0.0;
  double to = 0.0;
  double length() const { return to - from; }
};

/// The lines with a node at each incident.
struct SplitLines {
  std::size_t nodes = 0;
  std::vector<Piece> pieces;
  /// Pieces of edge e are [first[e], first[e + 1]).
  std::vector<std::size_t> first{0};
  /// Per node.
  std::vector<double> weight;
};

SplitLines split_at(const LinearNetwork& network, std::span<const WeightedPosition> incidents) {
  SplitLines lines;
  lines.nodes = network.node_count();
  lines.weight.resize(lines.nodes);
  auto incident = incidents.begin();
  for (std::uint32_t e = 0; e < network.edge_count(); ++e) {
    const auto& edge = network.edge(e);
    Piece piece{edge.first, edge.second, 0.0, edge.length};
    for (; incident != incidents.end() && incident->position.edge == e; ++incident) {
      if (const auto node = node_at(network, incident->position)) {
        lines.weight[*node] += incident->weight;
        continue;
      }
      const auto cut = static_cast<std::uint32_t>(lines.nodes++);
      lines.weight.push_back(incident->weight);
      lines.pieces.push_back({piece.first, cut, piece.from, incident->position.along});
      piece = {cut, edge.second, incident->position.along, edge.length};
    }
    lines.pieces.push_back(piece);
    lines.first.push_back(lines.pieces.size());
  }
  return lines;
}

LineElimination elimination_of(const SplitLines& lines) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  for (const Piece& piece : lines.pieces) ends.emplace_back(piece.first, piece.second);
  return LineElimination(lines.nodes, ends);
}

/// The resolvent at one point of the contour: on each piece, values at its ends times hyperbolic sines.
class Resolvent {
 public:
  Resolvent(const SplitLines& lines, const LineElimination& elimination, Complex z, double deviation)
      : lines_(lines), slope_(std::sqrt(2.0 * z) / deviation) {
    std::vector<Complex> conductance, diagonal(lines.nodes), right(lines.nodes);
    for (const Piece& piece : lines.pieces) {
      const Complex along = slope_ * piece.length(), rest = std::exp(-along),
                    half = lost(along) / (1.0 + rest);
      conductance.push_back(2.0 * rest / lost(2.0 * along));
      diagonal[piece.first] += half;
      diagonal[piece.second] += half;
    }
    for (std::size_t n = 0; n < lines.nodes; ++n) {
      right[n] = 2.0 * lines.weight[n] / (deviation * deviation * slope_);
      if (diagonal[n] == 0.0) diagonal[n] = 1.0;  // a node without lines: nothing comes of it
    }
    value_ = elimination.solve(conductance, std::move(diagonal), std::move(right));
  }

  Complex at(const Piece& piece, double x) const {
    const Complex whole = 1.0 / lost(2.0 * slope_ * piece.length());
    return times(whole, times(value_[piece.first], sine(piece.length(), piece.to - x)) +
                            times(value_[piece.second], sine(piece.length(), x - piece.from)));
  }

  Complex between(const Piece& piece, double from, double to) const {
    const double length = piece.length();
    const Complex whole = 1.0 / (slope_ * lost(2.0 * slope_ * length));
    return times(whole, times(value_[piece.first], sines(length, piece.to - to, piece.to - from)) +
                            times(value_[piece.second], sines(length, from - piece.from, to - piece.from)));
  }

  /// Over all pieces.
  Complex integral() const {
    Complex sum = 0.0;
    for (const Piece& piece : lines_.pieces) {
      const Complex along = slope_ * piece.length();
      sum += lost(along) / (1.0 + std::exp(-along)) / slope_ * (value_[piece.first] + value_[piece.second]);
    }
    return sum;
  }

 private:
  /// sinh(s x) / sinh(s length), but for the factor 1 / (1 - exp(-2 s length)).
  Complex sine(double length, double x) const {
    return times(std::exp(-slope_ * (length - x)), lost(2.0 * slope_ * x));
  }
  /// Its integral from a to b, times s.
  Complex sines(double length, double a, double b) const {
    return times(std::exp(-slope_ * (length - b)), times(lost(slope_ * (a + b)), lost(slope_ * (b - a))));
  }

  const SplitLines& lines_;
  Complex slope_;
  std::vector<Complex> value_;
};

/// Adds the real part of coefficient x resolvent to the lixels.
void add(NetworkKde& result, const JoinedLines& joined, const SplitLines& lines, const Lixels& lixels,
         const Resolvent& resolvent, Complex coefficient) {
  for (std::size_t e = 0; e + 1 < lines.first.size(); ++e) {
    const std::uint32_t before = joined.edge_before[e];
    std::size_t p = lines.first[e];
    for (std::size_t i = lixels.first[before]; i < lixels.first[before + 1]; ++i) {
      while (lines.pieces[p].to < lixels.from[i]) ++p;
      std::size_t q = p;
      const double centre = lixels.centre(i);
      while (lines.pieces[q].to < centre) ++q;
      result.density[i] += times(coefficient, resolvent.at(lines.pieces[q], centre)).real();
      for (q = p; q < lines.first[e + 1] && lines.pieces[q].from < lixels.to[i]; ++q) {
        const double from = std::max(lixels.from[i], lines.pieces[q].from);
        const double to = std::min(lixels.to[i], lines.pieces[q].to);
        if (to > from) {
          result.mass[i] += times(coefficient, resolvent.between(lines.pieces[q], from, to)).real();
        }
      }
    }
  }
  result.integral += times(coefficient, resolvent.integral()).real();
}

}  // namespace

NetworkKde line_heat(const JoinedLines& joined, std::span<const WeightedPosition> incidents,
                     const Lixels& lixels, Metres deviation, const Execution& execution) {
  const SplitLines lines = split_at(joined.network, incidents);
  const LineElimination elimination = elimination_of(lines);
  std::vector<NetworkKde> parts(kPoints / 2);
  execution.start("diffusing along the network", parts.size());
  parallel_for(parts.size(), execution, [&](std::size_t k) {
    const ContourPoint point = contour_point(k);
    parts[k].density.resize(lixels.size());
    parts[k].mass.resize(lixels.size());
    add(parts[k], joined, lines, lixels, Resolvent(lines, elimination, point.z, deviation.value),
        point.coefficient);
    execution.advance();
  });
  NetworkKde result = std::move(parts.front());
  for (std::size_t k = 1; k < parts.size(); ++k) {
    for (std::size_t i = 0; i < lixels.size(); ++i) {
      result.density[i] += parts[k].density[i];
      result.mass[i] += parts[k].mass[i];
    }
    result.integral += parts[k].integral;
  }
  for (double& density : result.density) density = std::max(0.0, density);
  for (double& mass : result.mass) mass = std::max(0.0, mass);
  result.walks = lines.pieces.size();
  return result;
}

}  // namespace waywarden
