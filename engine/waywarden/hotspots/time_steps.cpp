#include "waywarden/hotspots/time_steps.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

namespace calendar = std::chrono;

/// About 12,000 years: beyond those that can be asked for, and far from overflow.
constexpr std::int64_t kLatest = 380'000'000'000;

void require_usable(std::int64_t time) {
  if (time < -kLatest || time > kLatest) throw InputError("a time is beyond the years -9999 to 9999");
}

void require_usable(const StepLength& length) {
  const bool by_seconds = length.seconds > 0 && length.months == 0 && length.seconds <= kLatest;
  const bool by_months = length.months > 0 && length.seconds == 0 && length.months <= 12 * 10'000;
  if (!by_seconds && !by_months) {
    throw OptionError("a time step is a positive number of seconds, or of months, up to 10,000 years");
  }
}

std::int64_t months_later(std::int64_t time, std::int64_t months) {
  const calendar::sys_seconds at{calendar::seconds{time}};
  const auto day = calendar::floor<calendar::days>(at);
  const calendar::year_month_day date{day};
  const auto month = calendar::year_month{date.year(), date.month()} + calendar::months{months};
  const calendar::year_month_day_last last{month.year(), calendar::month_day_last{month.month()}};
  const calendar::year_month_day moved{month.year(), month.month(), std::min(date.day(), last.day())};
  return (calendar::sys_seconds{calendar::sys_days{moved}} + (at - day)).time_since_epoch().count();
}

/// Borders counted from an anchor, before and after it.
struct Borders {
  std::int64_t anchor = 0;
  StepLength length;

  std::int64_t at(std::int64_t k) const {
    return length.months > 0 ? months_later(anchor, k * length.months) : anchor + k * length.seconds;
  }

  /// A number of steps that is too small by at most a few.
  std::int64_t about(std::int64_t time) const {
    constexpr std::int64_t kLongestMonth = 31 * 86'400;
    const std::int64_t longest = length.months > 0 ? length.months * kLongestMonth : length.seconds;
    return (time - anchor) / longest;
  }

  /// The last border that is not later than a time (or, `strictly`, that is earlier).
  std::int64_t before(std::int64_t time, HeldBorder held) const {
    const auto passed = [&](std::int64_t k) {
      return held == HeldBorder::end ? at(k) < time : at(k) <= time;
    };
    std::int64_t low = about(time), stride = 1;
    while (!passed(low)) low -= stride, stride *= 2;
    stride = 1;
    while (passed(low + stride)) low += stride, stride *= 2;
    for (; stride > 0; stride /= 2) {
      if (passed(low + stride)) low += stride;
    }
    return low;
  }
};

Borders borders(std::int64_t first, std::int64_t last, const TimeStepOptions& options) {
  switch (options.alignment) {
    case StepAlignment::end:
      return {last, options.length};
    case StepAlignment::start:
      return {first, options.length};
    case StepAlignment::reference:
      require_usable(options.reference);
      return {options.reference, options.length};
  }
  throw OptionError("no such alignment of time steps");
}

/// Share of [low, high] that lies within [first, last].
double covered(std::int64_t low, std::int64_t high, std::int64_t first, std::int64_t last) {
  const auto within = static_cast<double>(std::min(high, last) - std::max(low, first));
  return std::max(0.0, within) / static_cast<double>(high - low);
}

}  // namespace

std::string name(StepAlignment alignment) {
  switch (alignment) {
    case StepAlignment::end:
      return "end";
    case StepAlignment::start:
      return "start";
    case StepAlignment::reference:
      return "reference";
  }
  throw OptionError("no such alignment of time steps");
}

std::optional<std::size_t> TimeSteps::step_of(std::int64_t time) const {
  if (bounds.size() < 2) return std::nullopt;
  const auto after = holds == HeldBorder::start ? std::upper_bound(bounds.begin(), bounds.end(), time)
                                                : std::lower_bound(bounds.begin(), bounds.end(), time);
  if (after == bounds.begin() || after == bounds.end()) return std::nullopt;
  return static_cast<std::size_t>(after - bounds.begin()) - 1;
}

TimeSteps time_steps(std::span<const std::int64_t> times, const TimeStepOptions& options) {
  if (times.empty()) throw InputError("there are no times to lay steps around");
  require_usable(options.length);
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  require_usable(*first);
  require_usable(*last);
  TimeSteps steps;
  steps.holds = options.alignment == StepAlignment::end ? HeldBorder::end : HeldBorder::start;
  const Borders all = borders(*first, *last, options);
  const std::int64_t low = all.before(*first, steps.holds), high = all.before(*last, steps.holds) + 1;
  if (static_cast<std::uint64_t>(high - low) > options.most_steps) {
    throw OptionError("these times need " + std::to_string(high - low) + " steps, more than the limit of " +
                      std::to_string(options.most_steps));
  }
  for (std::int64_t k = low; k <= high; ++k) steps.bounds.push_back(all.at(k));
  const auto share = [&](std::size_t step) {
    return covered(steps.bounds[step], steps.bounds[step + 1], *first, *last);
  };
  steps.first_covered = share(0);
  steps.last_covered = share(steps.size() - 1);
  return steps;
}

}  // namespace waywarden
