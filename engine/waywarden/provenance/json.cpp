#include "waywarden/provenance/json.h"

#include <charconv>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::uint32_t byte(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool continues(std::uint32_t b) { return (b & 0xC0U) == 0x80U; }

/// Length of the well-formed sequence that starts at i (Unicode 15, table 3-7); 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t i) {
  const std::uint32_t a = byte(text, i), b = byte(text, i + 1);
  if (a < 0x80U) return 1;
  if (a >= 0xC2U && a <= 0xDFU) return continues(b) ? 2 : 0;
  if (a >= 0xE0U && a <= 0xEFU) {
    const bool second = continues(b) && (a != 0xE0U || b >= 0xA0U) && (a != 0xEDU || b < 0xA0U);
    return second && continues(byte(text, i + 2)) ? 3 : 0;
  }
  if (a >= 0xF0U && a <= 0xF4U) {
    const bool second = continues(b) && (a != 0xF0U || b >= 0x90U) && (a != 0xF4U || b < 0x90U);
    return second && continues(byte(text, i + 2)) && continues(byte(text, i + 3)) ? 4 : 0;
  }
  return 0;
}

std::string escape(std::uint32_t code) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\\u0000";
  for (std::size_t i = 0; i < 4; ++i) out[5 - i] = kDigits[(code >> (4 * i)) & 0xFU];
  return out;
}

std::string escaped(std::string_view sequence) {
  if (sequence == "\"") return "\\\"";
  if (sequence == "\\") return "\\\\";
  if (sequence == "\n") return "\\n";
  if (sequence == "\r") return "\\r";
  if (sequence == "\t") return "\\t";
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (first < 0x20 || first == 0x7F || first == '<') return escape(first);
  if (sequence == "\xE2\x80\xA8") return escape(0x2028);
  if (sequence == "\xE2\x80\xA9") return escape(0x2029);
  return std::string(sequence);
}

template <class Number>
std::string digits(Number value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof(buffer), value).ptr};
}

void new_line(std::string& out, unsigned indent, unsigned depth) {
  if (indent == 0) return;
  out.push_back('\n');
  out.append(std::size_t{indent} * depth, ' ');
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequence_length(text, i);
    out += length == 0 ? kReplacement : text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  return out;
}

std::string json_string(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string out = "\"";
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t length = sequence_length(valid, i);
    out += escaped(std::string_view(valid).substr(i, length));
    i += length;
  }
  return out + "\"";
}

Json::Json(double value) : value_(value) {
  if (!std::isfinite(value)) throw OptionError("a number that is not finite cannot be written as JSON");
}

Json Json::array(Array values) {
  Json out;
  out.value_ = std::move(values);
  return out;
}

Json Json::object(Object members) {
  Json out;
  out.value_ = std::move(members);
  return out;
}

Json& Json::operator[](const std::string& key) {
  if (std::holds_alternative<std::nullptr_t>(value_)) value_ = Object{};
  auto* members = std::get_if<Object>(&value_);
  if (members == nullptr) throw OptionError("only a JSON object has members");
  return (*members)[key];
}

void Json::push(Json value) {
  if (std::holds_alternative<std::nullptr_t>(value_)) value_ = Array{};
  auto* values = std::get_if<Array>(&value_);
  if (values == nullptr) throw OptionError("only a JSON array can grow");
  values->push_back(std::move(value));
}

std::string Json::text(unsigned indent) const {
  std::string out;
  write(out, indent, 1);
  return out;
}

namespace {

/// Opening bracket, items between commas, closing bracket; `depth` is that of the items.
template <class Items, class WriteItem>
void write_list(std::string& out, const char* brackets, const Items& items, unsigned indent, unsigned depth,
                const WriteItem& write_item) {
  out.push_back(brackets[0]);
  bool first = true;
  for (const auto& item : items) {
    if (!first) out.push_back(',');
    first = false;
    new_line(out, indent, depth);
    write_item(item);
  }
  if (!first) new_line(out, indent, depth - 1);
  out.push_back(brackets[1]);
}

}  // namespace

void Json::write(std::string& out, unsigned indent, unsigned depth) const {
  if (std::holds_alternative<std::nullptr_t>(value_)) out += "null";
  if (const auto* flag = std::get_if<bool>(&value_)) out += *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value_)) out += digits(*number);
  if (const auto* number = std::get_if<std::uint64_t>(&value_)) out += digits(*number);
  if (const auto* number = std::get_if<double>(&value_)) out += digits(*number);
  if (const auto* words = std::get_if<std::string>(&value_)) out += json_string(*words);
  if (const auto* values = std::get_if<Array>(&value_))
    write_list(out, "[]", *values, indent, depth, [&](const Json& v) { v.write(out, indent, depth + 1); });
  if (const auto* members = std::get_if<Object>(&value_))
    write_list(out, "{}", *members, indent, depth, [&](const auto& member) {
      out += json_string(member.first) + (indent > 0 ? ": " : ":");
      member.second.write(out, indent, depth + 1);
    });
}

}  // namespace waywarden
