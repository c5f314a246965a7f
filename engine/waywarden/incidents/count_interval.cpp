#include "waywarden/incidents/count_interval.h"

#include <algorithm>
#include <array>

#include "waywarden/base/errors.h"
#include "waywarden/incidents/detail/trimmed.h"

namespace waywarden {
namespace {

using detail::trimmed;

constexpr std::int64_t kLargestCount = 1'000'000'000'000'000;

/// What a word or sign before or after a number makes of it.
enum class Bound : std::uint8_t { below, at_most, above, at_least };

struct Sign {
  std::string_view text;
  Bound bound;
};

/// A longer sign stands before the shorter one it begins with.
constexpr std::array kBefore = {
    Sign{"<=", Bound::at_most},
    Sign{"=<", Bound::at_most},
    Sign{"\xe2\x89\xa4", Bound::at_most},
    Sign{"<", Bound::below},
    Sign{">=", Bound::at_least},
    Sign{"=>", Bound::at_least},
    Sign{"\xe2\x89\xa5", Bound::at_least},
    Sign{">", Bound::above},
    Sign{"less than", Bound::below},
    Sign{"fewer than", Bound::below},
    Sign{"under", Bound::below},
    Sign{"at most", Bound::at_most},
    Sign{"up to", Bound::at_most},
    Sign{"more than", Bound::above},
    Sign{"over", Bound::above},
    Sign{"at least", Bound::at_least},
};
constexpr std::array kAfter = {
    Sign{"+", Bound::at_least},       Sign{"or more", Bound::at_least},  Sign{"and more", Bound::at_least},
    Sign{"or over", Bound::at_least}, Sign{"and over", Bound::at_least}, Sign{"or fewer", Bound::at_most},
    Sign{"or less", Bound::at_most},
};
constexpr std::array<std::string_view, 5> kBetween = {"\xe2\x80\x93", "\xe2\x80\x94", "-", "to",
                                                      "\xe2\x88\x92"};

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::optional<std::int64_t> whole(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > 16) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= kLargestCount ? std::optional(value) : std::nullopt;
}

std::optional<CountInterval> bounded(std::optional<std::int64_t> number, Bound bound,
                                     const CensoringRule& rule) {
  if (!number) return std::nullopt;
  if (bound == Bound::at_least) return CountInterval{*number, std::nullopt};
  if (bound == Bound::above) return CountInterval{*number + 1, std::nullopt};
  const std::int64_t high = bound == Bound::below ? *number - 1 : *number;
  if (high < rule.least_hidden) return std::nullopt;
  return CountInterval{rule.least_hidden, high};
}

std::optional<CountInterval> range(std::string_view text) {
  for (const std::string_view dash : kBetween) {
    const std::size_t at = text.find(dash);
    if (at == std::string_view::npos) continue;
    const auto low = whole(text.substr(0, at)), high = whole(text.substr(at + dash.size()));
    if (!low || !high || *high < *low) return std::nullopt;
    return CountInterval{*low, *high};
  }
  return std::nullopt;
}

std::int64_t checked_sum(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kLargestSum = 9'000'000'000'000'000'000;
  if (a > kLargestSum - b) throw InputError("counts add up to more than 9e18");
  return a + b;
}

}  // namespace

std::optional<CountInterval> parse_count(std::string_view text, const CensoringRule& rule) {
  const std::string lower = lower_case(trimmed(text));
  const std::string_view view = lower;
  if (const auto number = whole(view)) return CountInterval{*number, *number};
  for (const Sign& sign : kBefore)
    if (view.starts_with(sign.text)) return bounded(whole(view.substr(sign.text.size())), sign.bound, rule);
  for (const Sign& sign : kAfter)
    if (view.ends_with(sign.text))
      return bounded(whole(view.substr(0, view.size() - sign.text.size())), sign.bound, rule);
  return range(view);
}

std::vector<CountInterval> parse_counts(std::span<const std::string> texts, std::string_view column,
                                        const CensoringRule& rule) {
  std::vector<CountInterval> counts;
  counts.reserve(texts.size());
  for (const std::string& text : texts) {
    const auto count = parse_count(text, rule);
    if (!count)
      throw InputError("column '" + std::string(column) + "', row " + std::to_string(counts.size()) +
                       " is no count, nor a range of counts such as '<5', '1-4' or '5+'");
    counts.push_back(*count);
  }
  return counts;
}

CountInterval sum(std::span<const CountInterval> counts) {
  CountInterval total;
  for (const CountInterval& count : counts) {
    total.low = checked_sum(total.low, count.low);
    if (!count.high || !total.high) {
      total.high.reset();
    } else {
      total.high = checked_sum(*total.high, *count.high);
    }
  }
  return total;
}

std::vector<CountInterval> closed(std::span<const CountInterval> counts, std::int64_t most) {
  std::vector<CountInterval> out(counts.begin(), counts.end());
  for (CountInterval& count : out) {
    if (count.high) continue;
    if (most < count.low) throw OptionError("a count is larger than the largest there is said to be");
    count.high = most;
  }
  return out;
}

}  // namespace waywarden
