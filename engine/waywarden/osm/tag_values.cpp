#include "waywarden/osm/tag_values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace waywarden {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Whole numbers divided by colons, none negative.
std::optional<std::vector<int>> clock_parts(std::string_view text) {
  std::vector<int> parts;
  while (true) {
    const auto colon = text.find(':');
    const auto part = number_in<int>(text.substr(0, colon));
    if (!part || *part < 0 || parts.size() == 3) return std::nullopt;
    parts.push_back(*part);
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

/// ISO 8601: P, then days, then T and hours, minutes, seconds.
std::optional<double> iso_seconds(std::string_view text) {
  double seconds = 0.0;
  bool in_time = false;
  for (text.remove_prefix(1); !text.empty();) {
    if (text.front() == 'T' && !in_time) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto letter = text.find_first_not_of("0123456789.");
    if (letter == std::string_view::npos) return std::nullopt;
    const auto value = number_in<double>(text.substr(0, letter));
    const char unit = text[letter];
    const double factor = !in_time ? (unit == 'D' ? 86400.0 : 0.0)
                                   : (unit == 'H'   ? 3600.0
                                      : unit == 'M' ? 60.0
                                      : unit == 'S' ? 1.0
                                                    : 0.0);
    if (!value || factor == 0.0) return std::nullopt;
    seconds += *value * factor;
    text.remove_prefix(letter + 1);
  }
  return seconds;
}

std::optional<double> clock_seconds(std::string_view text) {
  const auto parts = clock_parts(text);
  if (!parts) return std::nullopt;
  if (parts->size() == 1) return 60.0 * (*parts)[0];
  const double minutes = 60.0 * (*parts)[0] + (*parts)[1];
  return 60.0 * minutes + (parts->size() == 3 ? (*parts)[2] : 0);
}

bool stated(std::string_view value) { return !value.empty() && value != "no"; }

}  // namespace

std::optional<double> speed_limit_kmh(std::string_view maxspeed) {
  static constexpr std::array<std::pair<std::string_view, double>, 5> kUnits = {
      {{"", 1.0}, {"km/h", 1.0}, {"kmh", 1.0}, {"mph", 1.609344}, {"knots", 1.852}}};
  const std::string_view text = trimmed(maxspeed);
  if (text == "walk") return 5.0;
  const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789."));
  const auto value = number_in<double>(digits);
  if (!value || !(*value > 0.0) || *value > 1000.0) return std::nullopt;
  const std::string_view unit = trimmed(text.substr(digits.size()));
  for (const auto& [name, factor] : kUnits) {
    if (unit == name) return *value * factor;
  }
  return std::nullopt;
}

std::optional<Seconds> duration_of(std::string_view duration) {
  const std::string_view text = trimmed(duration);
  if (text.empty()) return std::nullopt;
  const std::optional<double> seconds = text.front() == 'P' ? iso_seconds(text) : clock_seconds(text);
  if (!seconds || !(*seconds > 0.0) || *seconds > 30.0 * 86400.0) return std::nullopt;
  return Seconds{*seconds};
}

std::int16_t level_of(std::string_view layer, std::string_view bridge, std::string_view tunnel) {
  const auto stated_level = number_in<int>(trimmed(layer));
  if (stated_level && std::abs(*stated_level) <= 20) return static_cast<std::int16_t>(*stated_level);
  if (stated(bridge)) return 1;
  return stated(tunnel) ? std::int16_t{-1} : std::int16_t{0};
}

WayDirection direction_of(std::string_view oneway, std::string_view junction) {
  if (oneway == "yes" || oneway == "true" || oneway == "1") return WayDirection::forward;
  if (oneway == "-1" || oneway == "reverse") return WayDirection::backward;
  if (!oneway.empty()) return WayDirection::both;
  return junction == "roundabout" || junction == "circular" ? WayDirection::forward
                                                            : WayDirection::not_stated;
}

}  // namespace waywarden
