#include "waywarden/io/qgis_style.h"

#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <sstream>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Tree = boost::property_tree::ptree;

constexpr const char* kHostile = "</renderer-v2><script>alert('x')</script> & \"quoted\" ]]> \x01 Київ";

/// Throws where the text is not well-formed.
Tree parsed(const LayerStyle& style) {
  std::istringstream stream(qml(style));
  Tree tree;
  boost::property_tree::read_xml(stream, tree);
  return tree.get_child("qgis");
}

StyleClass of_value(const std::string& value, const std::string& colour) {
  StyleClass c;
  c.label = "class " + value;
  c.value = value;
  c.symbol.colour = colour;
  return c;
}

LayerStyle style_of(StyleScheme scheme, SymbolShape shape) {
  LayerStyle style;
  style.table = "sites";
  style.shape = shape;
  style.scheme = scheme;
  style.column = scheme == StyleScheme::single ? "" : "class";
  style.classes = {of_value("hot", "#ff8000"), of_value("cold", "#0080FF")};
  style.classes[0].low = 0;
  style.classes[0].high = style.classes[1].low = 2.5;
  style.classes[1].high = 10;
  return style;
}

TEST(Qml, HasTheRendererAndSymbolsOfItsScheme) {
  const Tree single = parsed(style_of(StyleScheme::single, SymbolShape::line)).get_child("renderer-v2");
  EXPECT_EQ(single.get<std::string>("<xmlattr>.type"), "singleSymbol");
  EXPECT_EQ(single.get_child("symbols").size(), 1U);
  const Tree categories =
      parsed(style_of(StyleScheme::categories, SymbolShape::marker)).get_child("renderer-v2");
  EXPECT_EQ(categories.get<std::string>("<xmlattr>.type"), "categorizedSymbol");
  EXPECT_EQ(categories.get<std::string>("<xmlattr>.attr"), "\"class\"");
  EXPECT_EQ(categories.get_child("categories").size(), 2U);
  EXPECT_EQ(categories.get_child("symbols").size(), 2U);
  const Tree ranges = parsed(style_of(StyleScheme::ranges, SymbolShape::fill)).get_child("renderer-v2");
  EXPECT_EQ(ranges.get<std::string>("<xmlattr>.type"), "graduatedSymbol");
  EXPECT_EQ(ranges.get_child("ranges").front().second.get<double>("<xmlattr>.upper"), 2.5);
}

TEST(Qml, SaysEachPropertyInBothSpellings) {
  for (const SymbolShape shape : {SymbolShape::line, SymbolShape::marker, SymbolShape::fill}) {
    const Tree layer =
        parsed(style_of(StyleScheme::single, shape)).get_child("renderer-v2.symbols.symbol.layer");
    std::map<std::string, std::string> options, props;
    for (const auto& [tag, child] : layer.get_child("Option")) {
      if (tag == "Option")
        options[child.get<std::string>("<xmlattr>.name")] = child.get<std::string>("<xmlattr>.value");
    }
    for (const auto& [tag, child] : layer) {
      if (tag == "prop") props[child.get<std::string>("<xmlattr>.k")] = child.get<std::string>("<xmlattr>.v");
    }
    EXPECT_EQ(options, props);
    EXPECT_EQ(options.at(shape == SymbolShape::line ? "line_color" : "color"), "255,128,0,255");
  }
}

TEST(Qml, KeepsHostileTextInert) {
  LayerStyle style = style_of(StyleScheme::categories, SymbolShape::line);
  style.column = style.label_column = "a\" || eval('x') || \"";
  style.classes[0].label = style.classes[0].value = kHostile;
  const Tree tree = parsed(style);
  EXPECT_EQ(tree.get<std::string>("renderer-v2.<xmlattr>.attr"), "\"a\"\" || eval('x') || \"\"\"");
  EXPECT_EQ(tree.get<std::string>("labeling.settings.text-style.<xmlattr>.fieldName"),
            "\"a\"\" || eval('x') || \"\"\"");
  std::string expected = kHostile;
  expected.erase(expected.find('\x01'), 1);
  EXPECT_EQ(tree.get<std::string>("renderer-v2.categories.category.<xmlattr>.label"), expected);
  EXPECT_EQ(tree.count("script"), 0U);
}

TEST(Qml, SwitchesLabelsOnWhereThereAreAny) {
  LayerStyle style = style_of(StyleScheme::single, SymbolShape::marker);
  EXPECT_EQ(parsed(style).get<int>("<xmlattr>.labelsEnabled"), 0);
  style.label_column = "name";
  EXPECT_EQ(parsed(style).get<int>("<xmlattr>.labelsEnabled"), 1);
}

TEST(Qml, RefusesStylesThatAreNone) {
  LayerStyle style = style_of(StyleScheme::ranges, SymbolShape::line);
  style.column = "";
  EXPECT_THROW(qml(style), OptionError);
  style = style_of(StyleScheme::single, SymbolShape::line);
  style.classes.clear();
  EXPECT_THROW(qml(style), OptionError);
  for (const char* colour : {"red", "#12345", "#12345g", "", "#1234567"}) {
    style = style_of(StyleScheme::single, SymbolShape::line);
    style.classes[0].symbol.colour = colour;
    EXPECT_THROW(qml(style), OptionError) << colour;
  }
  style = style_of(StyleScheme::single, SymbolShape::line);
  style.classes[0].symbol.opacity = 1.5;
  EXPECT_THROW(qml(style), OptionError);
  style = style_of(StyleScheme::ranges, SymbolShape::line);
  std::swap(style.classes[1].low, style.classes[1].high);
  EXPECT_THROW(qml(style), OptionError);
}

TEST(XmlEscaped, LeavesOutWhatXmlHasNoPlaceFor) {
  EXPECT_EQ(xml_escaped(std::string("a\0b\x1F", 4)), "ab");
  EXPECT_EQ(xml_escaped("a\nb"), "a&#10;b");
}

}  // namespace
}  // namespace waywarden
