#include "waywarden/incidents/detail/grid_position.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <regex>

namespace waywarden::detail {
namespace {

constexpr std::string_view kBands = "CDEFGHJKLMNPQRSTUVWX", kRows = "ABCDEFGHJKLMNPQRSTUV";
constexpr std::array<std::string_view, 3> kColumns = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};
constexpr double kSquare = 100'000.0, kRowCycle = 2'000'000.0, kBandDegrees = 8.0, kFirstBand = -80.0;
/// The southern end of each band, rounded down to a square (NGA.STND.0037, table of minimum northings).
constexpr std::array<double, 20> kLowestNorthing = {1.1e6, 2.0e6, 2.8e6, 3.7e6, 4.6e6, 5.5e6, 6.4e6,
                                                    7.3e6, 8.2e6, 9.1e6, 0.0,   0.8e6, 1.7e6, 2.6e6,
                                                    3.5e6, 4.4e6, 5.3e6, 6.2e6, 7.0e6, 7.9e6};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

bool is_northern(char band) { return band >= 'N'; }

WrittenPosition unread(const std::string& trouble) {
  WrittenPosition position;
  position.trouble = trouble;
  return position;
}

/// Squares at the edge of a band, and rounding, may reach a little over it.
bool in_band(char band, double latitude) {
  constexpr double kSlack = 1.0;
  const auto index = static_cast<double>(kBands.find(band));
  const double south = kFirstBand + kBandDegrees * index;
  const double north = band == 'X' ? 84.0 : south + kBandDegrees;
  return latitude >= south - kSlack && latitude <= north + kSlack;
}

double number_in(std::string text) {
  for (char& c : text) c = c == ',' ? '.' : c;
  double value = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The two halves of the digits of an MGRS reference; nothing where they are not equally long.
std::optional<std::pair<std::string, std::string>> halves(const std::string& first,
                                                          const std::string& second) {
  if (!second.empty())
    return first.size() == second.size() ? std::optional(std::pair(first, second)) : std::nullopt;
  if (first.size() % 2 != 0 || first.size() > 10) return std::nullopt;
  return std::pair(first.substr(0, first.size() / 2), first.substr(first.size() / 2));
}

double offset_in_square(const std::string& digits) {
  const double side = kSquare / std::pow(10.0, static_cast<double>(digits.size()));
  return (digits.empty() ? 0.0 : number_in(digits)) * side + side / 2.0;
}

/// South-west corner of a square; nothing where zone, band and letters do not go together.
std::optional<Point> corner(int zone, char band, char column, char row) {
  const auto east = kColumns[static_cast<std::size_t>(zone) % 3].find(column);
  const auto north = kRows.find(row);
  const auto band_index = kBands.find(band);
  if (east == std::string_view::npos || north == std::string_view::npos ||
      band_index == std::string_view::npos) {
    return std::nullopt;
  }
  // Rows begin at A on the equator in odd zones, at F in even ones.
  const std::size_t steps = (north + (zone % 2 == 0 ? kRows.size() - 5 : 0)) % kRows.size();
  double northing = kSquare * static_cast<double>(steps);
  while (northing < kLowestNorthing[band_index]) northing += kRowCycle;
  return Point{kSquare * static_cast<double>(east + 1), northing};
}

const std::regex& mgrs_form() {
  static const std::regex form(
      R"(\s*(?:MGRS)?[:\s]*(\d{1,2})\s*([A-Z])\s*([A-Z])\s*([A-Z])\s*(\d{0,10})\s*(\d{0,5})\s*)");
  return form;
}

const std::regex& utm_form() {
  static const std::regex form(
      R"(\s*(?:UTM)?[:\s,]*(?:ZONE)?[:\s]*(\d{1,2})\s*([A-Z])?[\s,;:]+(?:[EX][:=\s]*)?(\d{6}(?:[.,]\d+)?)\s*M?\s*E?[\s,;]+(?:[NY][:=\s]*)?(\d{1,8}(?:[.,]\d+)?)\s*M?\s*N?\s*)");
  return form;
}

}  // namespace

Point GridReader::degrees(int zone, bool north, Point metres) {
  const int code = (north ? 32600 : 32700) + zone;
  const auto found = transformers_.try_emplace(code, Crs("EPSG:" + std::to_string(code)), Crs::wgs84()).first;
  return found->second(std::span(&metres, 1)).front();
}

WrittenPosition GridReader::placed(PositionForm form, int zone, char band, Point metres, double accuracy_m) {
  const Point point = degrees(zone, is_northern(band), metres);
  if (!point.finite()) return unread("the grid reference lies outside its zone");
  if (!in_band(band, point.y)) return unread("the grid reference does not lie in the band of its letter");
  return {form, point, accuracy_m, "", {}};
}

WrittenPosition GridReader::read_mgrs(std::string_view text) {
  std::cmatch match;
  if (!std::regex_match(text.data(), text.data() + text.size(), match, mgrs_form())) return {};
  const int zone = static_cast<int>(number_in(match[1]));
  const char band = *match[2].first;
  const auto digits = halves(match[5], match[6]);
  if (!digits) return unread("the digits of the MGRS reference are not in two equal halves");
  const auto square =
      zone >= 1 && zone <= 60 ? corner(zone, band, *match[3].first, *match[4].first) : std::nullopt;
  if (!square) return unread("there is no such MGRS square");
  const Point metres{square->x + offset_in_square(digits->first),
                     square->y + offset_in_square(digits->second)};
  const double side = kSquare / std::pow(10.0, static_cast<double>(digits->first.size()));
  return placed(PositionForm::mgrs, zone, band, metres, side / 2.0);
}

WrittenPosition GridReader::read_utm(std::string_view text) {
  std::cmatch match;
  if (!std::regex_match(text.data(), text.data() + text.size(), match, utm_form())) return {};
  const int zone = static_cast<int>(number_in(match[1]));
  const Point metres{number_in(match[3]), number_in(match[4])};
  if (zone < 1 || zone > 60) return unread("UTM zones run from 1 to 60");
  if (metres.x < kSquare || metres.x > 9.0 * kSquare || metres.y > 1e7)
    return unread("the UTM coordinates lie outside their zone");
  const char letter = match[2].matched ? *match[2].first : '?';
  const bool may_be_either = letter == '?' || letter == 'S';
  const Point north = degrees(zone, true, metres), south = degrees(zone, false, metres);
  if (letter == 'N') return {PositionForm::utm, north, 0.5, "", {}};
  if (may_be_either && (letter == '?' || in_band('S', north.y))) {
    WrittenPosition position = unread("ambiguous: the UTM zone does not say which hemisphere");
    position.readings = {north, south};
    return position;
  }
  if (letter == 'S') return {PositionForm::utm, south, 0.5, "", {}};
  if (kBands.find(letter) == std::string_view::npos) return unread("there is no UTM band of this letter");
  return placed(PositionForm::utm, zone, letter, metres, 0.5);
}

WrittenPosition GridReader::read(std::string_view text) {
  const std::string capitals = upper(text);
  WrittenPosition position = read_mgrs(capitals);
  if (position.form != PositionForm::none || !position.trouble.empty()) return position;
  return read_utm(capitals);
}

}  // namespace waywarden::detail
