#include "waywarden/hotspots/sample_sums.h"

#include <algorithm>

namespace waywarden {
namespace {

/// P(c of a sample of j are among `copies`, the rest among `others`), for all possible c from `fewest` on.
/// From the mode outwards by ratios and normalised, so that nothing overflows and errors stay at some units
/// in the last place.
struct Hypergeometric {
  std::size_t fewest = 0;
  std::vector<double> probability;
};

Hypergeometric hypergeometric(std::size_t copies, std::size_t others, std::size_t j) {
  const std::size_t fewest = j > others ? j - others : 0, most = std::min(copies, j);
  const auto m = static_cast<double>(copies), n = static_cast<double>(others), size = static_cast<double>(j);
  const auto mode = static_cast<std::size_t>((size + 1.0) * (m + 1.0) / (m + n + 2.0));
  const std::size_t start = std::clamp(mode, fewest, most);
  // P(c + 1) / P(c)
  const auto ratio = [&](std::size_t c) {
    const auto x = static_cast<double>(c);
    return (m - x) * (size - x) / ((x + 1.0) * (n - size + x + 1.0));
  };
  Hypergeometric h{fewest, std::vector<double>(most - fewest + 1)};
  h.probability[start - fewest] = 1.0;
  for (std::size_t c = start; c < most; ++c)
    h.probability[c + 1 - fewest] = h.probability[c - fewest] * ratio(c);
  for (std::size_t c = start; c > fewest; --c)
    h.probability[c - 1 - fewest] = h.probability[c - fewest] / ratio(c - 1);
  double sum = 0.0;
  for (const double p : h.probability) sum += p;
  for (double& p : h.probability) p /= sum;
  return h;
}

}  // namespace

SampleSums::SampleSums(std::size_t largest_sample, std::int64_t largest_sum)
    : largest_sample_(largest_sample),
      width_(static_cast<std::size_t>(largest_sum) + 2),
      probability_((largest_sample + 1) * width_, 0.0) {
  probability_[0] = 1.0;
}

/// Largest sum that a sample can have so far, the lump included.
std::size_t SampleSums::reach(std::size_t sample) const {
  const std::size_t lump = width_ - 1, value = static_cast<std::size_t>(largest_value_);
  return value == 0 ? 0 : sample > lump / value ? lump : sample * value;
}

void SampleSums::add(const ValueGroup& group, const Execution& execution) {
  // Larger samples first: they are made of smaller ones as these were without the group.
  for (std::size_t sample = std::min(largest_sample_, values_added_ + group.copies); sample > 0; --sample) {
    execution.check();
    const Hypergeometric h = hypergeometric(group.copies, values_added_, sample);
    const double none = h.fewest == 0 ? h.probability.front() : 0.0;
    const auto row = std::span(probability_).subspan(sample * width_, width_);
    for (double& p : row) p *= none;
    for (std::size_t c = std::max<std::size_t>(h.fewest, 1); c < h.fewest + h.probability.size(); ++c) {
      mix(sample, c, group.value, h.probability[c - h.fewest]);
    }
  }
  values_added_ += group.copies;
  if (group.copies > 0) largest_value_ = std::max(largest_value_, group.value);
}

void SampleSums::mix(std::size_t sample, std::size_t copies, std::int64_t value, double probability) {
  double* const to = probability_.data() + sample * width_;
  const double* const from = probability_.data() + (sample - copies) * width_;
  const std::size_t lump = width_ - 1, end = std::min(reach(sample - copies), lump - 1) + 1;
  const std::size_t moved = std::min(copies * static_cast<std::size_t>(value), lump);
  const std::size_t kept = std::min(end, lump - moved);
  for (std::size_t s = 0; s < kept; ++s) to[s + moved] += probability * from[s];
  double beyond = from[lump];
  for (std::size_t s = kept; s < end; ++s) beyond += from[s];
  to[lump] += probability * beyond;
}

SumTails::SumTails(SampleSums sums)
    : width_(sums.width_), at_least_(std::move(sums.probability_)), at_most_(at_least_) {
  for (std::size_t begin = 0; begin < at_least_.size(); begin += width_) {
    const std::size_t end = begin + width_;
    for (std::size_t e = begin + 1; e < end; ++e) at_most_[e] += at_most_[e - 1];
    for (std::size_t e = end - 1; e > begin; --e) at_least_[e - 1] += at_least_[e];
  }
  // Sums of everything are 1 but for rounding.
  for (double& p : at_most_) p = std::min(p, 1.0);
  for (double& p : at_least_) p = std::min(p, 1.0);
}

double sample_sums_work(std::span<const ValueGroup> groups, std::size_t largest_sample,
                        std::int64_t largest_sum) {
  const double samples = static_cast<double>(largest_sample), width = static_cast<double>(largest_sum) + 2.0;
  double work = 0.0;
  for (const ValueGroup& group : groups) {
    const double copies = static_cast<double>(std::min(group.copies, largest_sample));
    // A sample of j holds 0 .. min(copies, j) of the group.
    work += samples * (1.0 + copies - copies * copies / (2.0 * samples + 1.0)) * width;
  }
  return work;
}

}  // namespace waywarden
