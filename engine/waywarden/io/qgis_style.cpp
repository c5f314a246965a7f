#include "waywarden/io/qgis_style.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Properties = std::vector<std::pair<std::string, std::string>>;

std::string digits(double value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value);
  return {buffer, end};
}

[[noreturn]] void reject(const LayerStyle& style, const std::string& reason) {
  throw OptionError("style of table '" + style.table + "': " + reason);
}

int component(const std::string& colour, std::size_t at) {
  int value = -1;
  std::from_chars(colour.data() + at, colour.data() + at + 2, value, 16);
  return value;
}

bool is_colour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

/// QGIS writes colours as "red,green,blue,alpha".
std::string colour_text(const std::string& colour) {
  std::string text;
  for (const std::size_t at : {1U, 3U, 5U}) text += std::to_string(component(colour, at)) + ",";
  return text + "255";
}

Properties line_properties(const SymbolStyle& s) {
  return {{"capstyle", "round"},   {"joinstyle", "round"},         {"line_color", colour_text(s.colour)},
          {"line_style", "solid"}, {"line_width", digits(s.size)}, {"line_width_unit", "MM"}};
}

Properties outlined(const SymbolStyle& s, Properties properties) {
  properties.insert(properties.end(), {{"color", colour_text(s.colour)},
                                       {"outline_color", colour_text(s.outline)},
                                       {"outline_style", s.outline_width > 0.0 ? "solid" : "no"},
                                       {"outline_width", digits(s.outline_width)},
                                       {"outline_width_unit", "MM"}});
  return properties;
}

Properties properties_of(SymbolShape shape, const SymbolStyle& s) {
  if (shape == SymbolShape::line) return line_properties(s);
  if (shape == SymbolShape::fill) return outlined(s, {{"style", "solid"}});
  return outlined(s, {{"name", "circle"}, {"size", digits(s.size)}, {"size_unit", "MM"}});
}

const char* symbol_type(SymbolShape shape) {
  static constexpr const char* kTypes[] = {"line", "marker", "fill"};
  return kTypes[static_cast<std::size_t>(shape)];
}

const char* layer_class(SymbolShape shape) {
  static constexpr const char* kClasses[] = {"SimpleLine", "SimpleMarker", "SimpleFill"};
  return kClasses[static_cast<std::size_t>(shape)];
}

/// Both spellings of properties: QGIS before 3.26 reads `prop`, later ones `Option`.
std::string symbol(const LayerStyle& style, std::size_t index) {
  const SymbolStyle& s = style.classes[index].symbol;
  std::string options, props;
  for (const auto& [name, value] : properties_of(style.shape, s)) {
    options += "<Option type=\"QString\" name=\"" + name + "\" value=\"" + value + "\"/>";
    props += "<prop k=\"" + name + "\" v=\"" + value + "\"/>";
  }
  return "<symbol type=\"" + std::string(symbol_type(style.shape)) + "\" name=\"" + std::to_string(index) +
         "\" alpha=\"" + digits(s.opacity) + "\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"" +
         layer_class(style.shape) + "\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">" +
         options + "</Option>" + props + "</layer></symbol>\n";
}

std::string symbols(const LayerStyle& style) {
  const std::size_t count = style.scheme == StyleScheme::single ? 1 : style.classes.size();
  std::string text = "<symbols>\n";
  for (std::size_t i = 0; i < count; ++i) text += symbol(style, i);
  return text + "</symbols>\n";
}

/// A column name as an expression of QGIS: in double quotes, those in it doubled.
std::string column_expression(const std::string& column) {
  std::string quoted = "\"";
  for (const char c : column) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return xml_escaped(quoted + "\"");
}

std::string categories(const LayerStyle& style) {
  std::string text = "<categories>\n";
  for (std::size_t i = 0; i < style.classes.size(); ++i) {
    const StyleClass& c = style.classes[i];
    text += "<category render=\"true\" type=\"string\" value=\"" + xml_escaped(c.value) + "\" label=\"" +
            xml_escaped(c.label) + "\" symbol=\"" + std::to_string(i) + "\"/>\n";
  }
  return text + "</categories>\n";
}

std::string ranges(const LayerStyle& style) {
  std::string text = "<ranges>\n";
  for (std::size_t i = 0; i < style.classes.size(); ++i) {
    const StyleClass& c = style.classes[i];
    text += "<range render=\"true\" lower=\"" + digits(c.low) + "\" upper=\"" + digits(c.high) +
            "\" label=\"" + xml_escaped(c.label) + "\" symbol=\"" + std::to_string(i) + "\"/>\n";
  }
  return text + "</ranges>\n";
}

std::string renderer(const LayerStyle& style) {
  const std::string common = "symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"";
  if (style.scheme == StyleScheme::single) {
    return "<renderer-v2 type=\"singleSymbol\" " + common + ">\n" + symbols(style) + "</renderer-v2>\n";
  }
  const std::string attribute = "attr=\"" + column_expression(style.column) + "\" ";
  if (style.scheme == StyleScheme::categories) {
    return "<renderer-v2 type=\"categorizedSymbol\" " + attribute + common + ">\n" + categories(style) +
           symbols(style) + "</renderer-v2>\n";
  }
  return "<renderer-v2 type=\"graduatedSymbol\" graduatedMethod=\"GraduatedColor\" " + attribute + common +
         ">\n" + ranges(style) + symbols(style) + "</renderer-v2>\n";
}

std::string labeling(const LayerStyle& style) {
  if (style.label_column.empty()) return "";
  return "<labeling type=\"simple\"><settings calloutType=\"simple\">"
         "<text-style isExpression=\"1\" fieldName=\"" +
         column_expression(style.label_column) +
         "\" fontSize=\"8\" fontSizeUnit=\"Point\" textColor=\"40,40,40,255\" textOpacity=\"1\">"
         "<text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" "
         "bufferColor=\"255,255,255,255\"/>"
         "</text-style></settings></labeling>\n";
}

void check_symbol(const LayerStyle& style, const SymbolStyle& s) {
  if (!is_colour(s.colour) || !is_colour(s.outline)) reject(style, "colours are written #rrggbb");
  const bool sizes =
      std::isfinite(s.size) && s.size >= 0.0 && std::isfinite(s.outline_width) && s.outline_width >= 0.0;
  if (!sizes) reject(style, "sizes are 0 or more");
  if (!(s.opacity >= 0.0 && s.opacity <= 1.0)) reject(style, "opacity is from 0 to 1");
}

void check(const LayerStyle& style) {
  if (style.classes.empty()) reject(style, "it has no class");
  if (style.scheme != StyleScheme::single && style.column.empty()) reject(style, "its classes need a column");
  for (const StyleClass& c : style.classes) {
    check_symbol(style, c.symbol);
    if (!std::isfinite(c.low) || !std::isfinite(c.high) || c.low > c.high)
      reject(style, "a range is not one");
  }
}

bool has_place_in_xml(char c) {
  return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::string xml_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      case '\t':
        out += "&#9;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        if (has_place_in_xml(c)) out += c;
    }
  }
  return out;
}

std::string qml(const LayerStyle& style) {
  check(style);
  const std::string labels = style.label_column.empty() ? "0" : "1";
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
         "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\" labelsEnabled=\"" +
         labels + "\">\n" + renderer(style) + labeling(style) + "<layerGeometryType>" +
         (style.shape == SymbolShape::marker ? "0"
          : style.shape == SymbolShape::line ? "1"
                                             : "2") +
         "</layerGeometryType>\n</qgis>\n";
}

}  // namespace waywarden
