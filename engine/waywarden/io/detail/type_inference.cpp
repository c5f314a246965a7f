#include "waywarden/io/detail/type_inference.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace waywarden::detail {
namespace {

constexpr std::size_t kMostDigits = 18, kGroup = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return text;
}

bool has_leading_zero(std::string_view number) {
  const std::string_view digits = without_sign(number);
  return digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
}

bool is_whole(std::string_view number) {
  const std::string_view digits = without_sign(number);
  return !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
}

std::optional<std::int64_t> integer(std::string_view text) {
  text = trimmed(text);
  if (!is_whole(text) || has_leading_zero(text) || without_sign(text).size() > kMostDigits)
    return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<double> real(std::string_view text) {
  text = trimmed(text);
  const bool too_long = is_whole(text) && without_sign(text).size() > kMostDigits;
  if (too_long || has_leading_zero(text)) return std::nullopt;
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> real_with_comma(std::string_view text) {
  std::string number(trimmed(text));
  if (number.find('.') != std::string::npos) return std::nullopt;
  if (const auto comma = number.find(','); comma != std::string::npos) number[comma] = '.';
  return real(number);
}

/// "1,234" may be a thousand and more; "1,5" may not.
bool is_surely_decimal(std::string_view text) {
  const auto comma = text.find(',');
  return comma != std::string_view::npos &&
         trimmed(text).substr(trimmed(text).find(',') + 1).size() != kGroup;
}

/// Nothing as soon as one value does not fit.
template <class Value, class Parse>
std::optional<std::vector<Value>> all_parsed(const Column& texts, Parse parse) {
  const auto& values = std::get<Column::Texts>(texts.values());
  std::vector<Value> out(values.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!texts.valid(row)) continue;
    const auto value = parse(values[row]);
    if (!value) return std::nullopt;
    out[row] = *value;
  }
  return out;
}

template <class Predicate>
bool any_value(const Column& texts, Predicate predicate) {
  const auto& values = std::get<Column::Texts>(texts.values());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (texts.valid(row) && predicate(values[row])) return true;
  }
  return false;
}

}  // namespace

InferredColumn with_inferred_type(const Column& texts) {
  if (!any_value(texts, [](const std::string&) { return true; })) return {texts, ""};
  if (auto values = all_parsed<std::int64_t>(texts, integer)) {
    return {{texts.name(), std::move(*values), texts.validity()}, ""};
  }
  if (auto values = all_parsed<double>(texts, real))
    return {{texts.name(), std::move(*values), texts.validity()}, ""};
  auto values = all_parsed<double>(texts, real_with_comma);
  if (!values || !any_value(texts, is_surely_decimal)) return {texts, ""};
  return {{texts.name(), std::move(*values), texts.validity()}, "decimal commas read as points"};
}

}  // namespace waywarden::detail
