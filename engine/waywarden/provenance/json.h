#pragma once

/// JSON values and their one spelling: keys sorted by bytes, numbers by the shortest digits that read back
/// the same, control characters escaped, text in valid UTF-8 (bytes that are not become U+FFFD). The same
/// value always gives the same bytes. Source: RFC 8259. Writing only; recursion as deep as the value.
///
///   Json report = Json::object();
///   report["routes"] = 12;
///   report["names"] = Json::array({"a", "b"});
///   std::string text = report.text(2);

#include <concepts>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace waywarden {

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json>;

  /// null
  Json() = default;
  Json(std::same_as<bool> auto value) : value_(value) {}
  Json(std::signed_integral auto value) : value_(static_cast<std::int64_t>(value)) {}
  template <std::unsigned_integral Number>
    requires(!std::same_as<Number, bool>)
  Json(Number value) : value_(static_cast<std::uint64_t>(value)) {}
  /// Throws `OptionError` when not finite: JSON has no spelling for it.
  Json(double value);
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  static Json array(Array values = {});
  static Json object(Object members = {});

  /// The member of an object, null until assigned; a null value becomes an object. Throws `OptionError` for
  /// others.
  Json& operator[](const std::string& key);
  /// Appends to an array; a null value becomes one. Throws `OptionError` for others.
  void push(Json value);

  /// On one line without spaces, or, with indent > 0, one member a line.
  std::string text(unsigned indent = 0) const;

 private:
  void write(std::string& out, unsigned indent, unsigned depth) const;

  std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, Array, Object> value_ =
      nullptr;
};

/// The text as a JSON string with its quotes. Also safe inside an HTML script element: `<`, U+2028 and U+2029
/// are escaped.
std::string json_string(std::string_view text);

/// The same text with bytes that are not UTF-8 (also overlong forms and surrogates) replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace waywarden
