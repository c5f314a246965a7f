#pragma once

/// How a table is drawn, and the same as QML, the XML in which QGIS (3.x) keeps a style. A GeoPackage that
/// carries it opens drawn. Only what maps of routes, sites and cells need: one symbol, or one per class of a
/// column, and labels. Names and labels may hold anything; they are escaped, and column names are quoted as
/// QGIS expressions quote them. Source: the QML that QGIS 3.22 and 3.28 write (`renderer-v2`, `symbols`,
/// `labeling`).

#include <cstdint>
#include <string>
#include <vector>

namespace waywarden {

enum class SymbolShape : std::uint8_t { line, marker, fill };

struct SymbolStyle {
  /// "#rrggbb".
  std::string colour = "#444444";
  /// Millimetres on paper: width of a line, diameter of a marker; a fill has none.
  double size = 0.5;
  /// 0 to 1.
  double opacity = 1.0;
  /// "#rrggbb" around markers and fills; its width in millimetres, 0 = none.
  std::string outline = "#ffffff";
  double outline_width = 0.2;
};

/// A symbol, its line in the legend, and which rows it is for.
struct StyleClass {
  std::string label;
  SymbolStyle symbol;
  /// Categories: the value; empty = every other value.
  std::string value;
  /// Ranges: low <= value <= high; the first range that fits is taken.
  double low = 0.0;
  double high = 0.0;
};

enum class StyleScheme : std::uint8_t {
  single,      ///< one symbol for all: the first class
  categories,  ///< by the values of `column`
  ranges,      ///< by numbers in `column`
};

struct LayerStyle {
  /// Name of the released table that is drawn so.
  std::string table;
  SymbolShape shape = SymbolShape::line;
  StyleScheme scheme = StyleScheme::single;
  std::string column;
  std::vector<StyleClass> classes;
  /// Empty = no labels.
  std::string label_column;
};

/// The style as QML. Throws `OptionError`: no class, no column for a scheme that needs one, a colour or
/// number that is none.
std::string qml(const LayerStyle& style);

/// Text as it may stand in XML, also between quotes; characters that XML has no place for are left out.
std::string xml_escaped(const std::string& text);

}  // namespace waywarden
