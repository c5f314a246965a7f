#pragma once

/// Is a curve unusual among simulated ones, looking at all of it at once? Global envelope tests (Myllymäki,
/// Mrkvička, Grabarnik, Seijo and Hahn, JRSS B 79, 2017), of any functions of r: K and L, of the plane or of
/// networks.
///
/// The observed curve and m simulated ones are treated alike, so that p is exact: under the hypothesis, P(p
/// <= alpha) <= alpha. p counts ties and the observed curve: at least 1 / (m + 1), never above 1. The curve
/// leaves the envelope somewhere just where p <= alpha (up to ties).
///
///   deviation     the largest distance from the mean of all curves (MAD): a band of even width
///   extreme_rank  the curve's sorted pointwise ranks, compared in order, lowest first (ERL): the width of
///   the
///                 band follows the curves
///
/// O(m r log m) time, O(m r) memory.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/alternative.h"

namespace waywarden {

enum class EnvelopeKind : std::uint8_t { deviation, extreme_rank };

/// "deviation", "extreme_rank".
std::string name(EnvelopeKind kind);

struct EnvelopeOptions {
  EnvelopeKind kind = EnvelopeKind::extreme_rank;
  Alternative alternative = Alternative::two_sided;
  double alpha = 0.05;
};

struct GlobalEnvelope {
  double p = 1.0;
  /// Mean of all curves, and the band; one-sided tests have no lower (or upper) end: that column is empty.
  std::vector<double> centre{}, low{}, high{};
};

/// `simulated` holds one curve after the other, each as long as `observed`. Throws `InputError` for a value
/// that is not finite or a length that does not fit, `OptionError` where alpha (m + 1) < 1.
GlobalEnvelope global_envelope(std::span<const double> observed, std::span<const double> simulated,
                               const EnvelopeOptions& options = {});

}  // namespace waywarden
