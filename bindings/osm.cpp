#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>

#include "convert.h"
#include "run.h"
#include "waywarden/osm/read_osm.h"

namespace waywarden::bindings {
namespace {

py::dict counts_out(const OsmCounts& counts) {
  return py::dict("ways"_a = counts.ways, "links"_a = counts.links, "closed"_a = counts.closed,
                  "others"_a = counts.others, "link_nodes"_a = counts.link_nodes,
                  "missing_nodes"_a = counts.missing_nodes);
}

}  // namespace

void bind_osm(py::module_& m) {
  py::class_<OsmExtract>(m, "OsmExtract", "What an OpenStreetMap file holds for a network.")
      .def_readonly("links", &OsmExtract::links)
      .def("tables",
           [](const OsmExtract& extract) {
             py::dict tables;
             for (const LinkLayer& layer : extract.links) tables[layer.table.name.c_str()] = layer.table;
             return tables;
           })
      .def_readonly("hubs", &OsmExtract::hubs)
      .def_readonly("posts", &OsmExtract::posts)
      .def_readonly("landings", &OsmExtract::landings)
      .def("landing_table", [](const OsmExtract& extract) { return extract.landings.table; })
      .def_readonly("restrictions", &OsmExtract::restrictions)
      .def("counts", [](const OsmExtract& extract) { return counts_out(extract.counts); })
      .def("report", [](const OsmExtract& extract) { return to_exchange(extract.report); });
  const OsmOptions defaults;
  m.def(
      "read_osm",
      [](const std::string& path, const std::string& profile, const std::string& profile_name,
         std::uint64_t max_ways, std::uint64_t max_vertices, const py::object& report, unsigned threads) {
        const TagProfile rules = tag_profile(profile, profile_name);
        const OsmOptions options{max_ways, max_vertices};
        return run(report, threads,
                   [&](const Execution& execution) { return read_osm(path, rules, options, execution); });
      },
      "path"_a, py::kw_only(), "profile"_a, "profile_name"_a, "max_ways"_a = defaults.max_ways,
      "max_vertices"_a = defaults.max_vertices, "report"_a = py::none(), "threads"_a = 0);
  m.def("default_tag_profile", [] { return std::string(default_tag_profile()); });
}

}  // namespace waywarden::bindings
