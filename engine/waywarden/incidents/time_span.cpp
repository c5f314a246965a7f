#include "waywarden/incidents/time_span.h"

#include <chrono>

#include "waywarden/incidents/detail/trimmed.h"

namespace waywarden {
namespace {

/// Beyond these a year is a slip, or stands for "unknown", as 9999 does.
constexpr unsigned kFirstYear = 1700, kLastYear = 2199;

/// Reads fixed-width digits and separators from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }

  std::optional<unsigned> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    unsigned value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  /// The number of two digits after a separator, below `limit`.
  std::optional<unsigned> after(std::string_view separators, unsigned limit) {
    if (done() || separators.find(rest_.front()) == std::string_view::npos) return std::nullopt;
    rest_.remove_prefix(1);
    const auto value = digits(2);
    return value && *value < limit ? value : std::nullopt;
  }

  void skip_fraction() {
    if (rest_.size() < 2 || rest_.front() != '.') return;
    const std::size_t end = rest_.find_first_not_of("0123456789", 1);
    rest_.remove_prefix(end == 1 ? 0 : std::min(end, rest_.size()));
  }

 private:
  std::string_view rest_;
};

std::int64_t start_of(std::chrono::year_month_day day) {
  return std::chrono::sys_days(day).time_since_epoch().count() * kSecondsPerDay;
}

TimeSpan year_span(std::chrono::year year) {
  return {start_of(year / 1 / 1), start_of((year + std::chrono::years(1)) / 1 / 1)};
}

TimeSpan month_span(std::chrono::year_month month) {
  return {start_of(month / 1), start_of((month + std::chrono::months(1)) / 1)};
}

/// What follows a day: hours, then minutes, then seconds.
std::optional<TimeSpan> time_of_day(Reader& reader, std::int64_t day) {
  const auto hour = reader.after("T ", 24);
  if (!hour) return std::nullopt;
  std::int64_t begin = day + kSecondsPerHour * *hour;
  if (reader.done()) return TimeSpan{begin, begin + kSecondsPerHour};
  const auto minute = reader.after(":", 60);
  if (!minute) return std::nullopt;
  begin += 60 * std::int64_t{*minute};
  if (reader.done()) return TimeSpan{begin, begin + 60};
  const auto second = reader.after(":", 60);
  reader.skip_fraction();
  if (!second || !reader.done()) return std::nullopt;
  begin += *second;
  return TimeSpan{begin, begin + 1};
}

std::optional<TimeSpan> parse_date(std::string_view text) {
  Reader reader(text);
  const auto year_number = reader.digits(4);
  if (!year_number || *year_number < kFirstYear || *year_number > kLastYear) return std::nullopt;
  const std::chrono::year year(static_cast<int>(*year_number));
  if (reader.done()) return year_span(year);
  const auto month_number = reader.after("-", 13);
  if (!month_number || *month_number == 0) return std::nullopt;
  const auto month = year / std::chrono::month(*month_number);
  if (reader.done()) return month_span(month);
  const auto day_number = reader.after("-", 32);
  if (!day_number || !(month / std::chrono::day(*day_number)).ok()) return std::nullopt;
  const std::int64_t day = start_of(month / std::chrono::day(*day_number));
  if (reader.done()) return TimeSpan{day, day + kSecondsPerDay};
  return time_of_day(reader, day);
}

}  // namespace

std::optional<TimeSpan> from_to(TimeSpan first, TimeSpan last) {
  if (last.end <= first.begin && last.begin < first.begin) return std::nullopt;
  return TimeSpan{first.begin, last.end};
}

std::optional<TimeSpan> parse_time_span(std::string_view text) {
  text = detail::trimmed(text);
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return parse_date(text);
  const auto first = parse_date(detail::trimmed(text.substr(0, slash)));
  const auto last = parse_date(detail::trimmed(text.substr(slash + 1)));
  if (!first || !last) return std::nullopt;
  return from_to(*first, *last);
}

}  // namespace waywarden
