#include "waywarden/study/hotspot_tables.h"

#include "waywarden/study/table_builder.h"

namespace waywarden {
namespace {

void add_statistics(TableBuilder& table, const TestedCounts& tested, std::size_t row) {
  table.integer("incidents", tested.counts[row])
      .text("class", name(tested.result.hotspot[row]))
      .real("z", tested.result.z[row])
      .real(tested.result.p_name(), tested.result.p[row])
      .real("q", tested.result.q[row]);
}

Table counted(FeatureTable features, std::string title, const TestedCounts& tested, Coverage coverage,
              Origin origin) {
  Table table;
  table.features = std::move(features);
  table.title = std::move(title);
  table.origin = origin;
  table.content = Content::counts;
  table.counts = {{"incidents", kIncidents, coverage}};
  table.classes = {{"class", "incidents", tested.facts}};
  return table;
}

}  // namespace

Table hexagon_table(const IncidentHotspots& hotspots, Origin origin) {
  const auto polygons = hotspots.grid.polygons(hotspots.cells);
  TableBuilder builder("hotspots_hex");
  for (std::size_t i = 0; i < hotspots.cells.size(); ++i) {
    builder.row(id_text(hotspots.cells[i]), polygons[i]);
    builder.text("cell", id_text(hotspots.cells[i]));
    add_statistics(builder, hotspots.hexagons, i);
  }
  Table table =
      counted(builder.take(), "Incidents by hexagon", hotspots.hexagons, Coverage::complete, origin);
  table.open_columns = {"cell"};
  return table;
}

Table place_hotspot_table(const IncidentHotspots& hotspots, const Places& places, Origin origin) {
  TableBuilder builder("hotspots_places");
  for (std::size_t i = 0; i < places.size(); ++i) {
    builder.row(places.id[i], Geometry::of_point(places.point[i]));
    builder.text("id", places.id[i]).text("name", places.name[i]).text("country", places.country[i]);
    add_statistics(builder, hotspots.places, i);
  }
  Table table =
      counted(builder.take(), "Incidents by nearest place", hotspots.places, Coverage::partial, origin);
  table.open_columns = {"id", "name", "country"};
  return table;
}

}  // namespace waywarden
