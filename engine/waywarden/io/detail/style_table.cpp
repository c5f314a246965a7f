#include "waywarden/io/detail/style_table.h"

#include <utility>

namespace waywarden::detail {
namespace {

using Texts = Column::Texts;

/// QGIS compares catalog and schema with '': empty texts, not missing ones.
const std::vector<std::string> kTextColumns = {"f_table_catalog",   "f_table_schema", "f_table_name",
                                               "f_geometry_column", "styleName",      "styleQML",
                                               "styleSLD"};
const std::vector<std::string> kClosingColumns = {"description", "owner", "ui", "update_time"};

std::map<std::string, std::string> row_of(const LayerStyle& style, const LayerPlace& place,
                                          const std::string& date) {
  return {{"f_table_name", place.layer},        {"f_geometry_column", place.geometry_column},
          {"styleName", "waywarden"},           {"styleQML", qml(style)},
          {"description", "made by waywarden"}, {"update_time", date}};
}

Column text_column(const std::string& name, const std::vector<std::map<std::string, std::string>>& rows) {
  Texts values;
  for (const auto& row : rows) values.push_back(row.contains(name) ? row.at(name) : "");
  return {name, std::move(values)};
}

}  // namespace

FeatureTable style_table(const std::vector<LayerStyle>& styles,
                         const std::map<std::string, LayerPlace>& layers, const std::string& date) {
  FeatureTable table;
  table.name = "layer_styles";
  std::vector<std::map<std::string, std::string>> rows;
  for (const LayerStyle& style : styles) {
    rows.push_back(row_of(style, layers.at(style.table), date));
    table.ids.push_back(style.table);
  }
  for (const std::string& name : kTextColumns) table.add(text_column(name, rows));
  table.add(Column("useAsDefault", Column::Booleans(styles.size(), 1)));
  for (const std::string& name : kClosingColumns) table.add(text_column(name, rows));
  return table;
}

}  // namespace waywarden::detail
