#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>

#include "convert.h"
#include "run.h"
#include "waywarden/exchange/graph_network.h"
#include "waywarden/exchange/network_file.h"

namespace waywarden::bindings {
namespace {

py::array_t<bool> drawn_edges(const Network& network) {
  std::vector<std::uint8_t> drawn;
  for (std::size_t e = 0; e < network.edge_count(); ++e)
    drawn.push_back(drawn_along(network, EdgeId(e)) ? 1 : 0);
  return flags(drawn);
}

}  // namespace

void bind_exchange(py::module_& m) {
  m.def(
      "save_network",
      [](const BuiltNetwork& built, const std::string& path, const py::object& report, unsigned threads) {
        run(report, threads, [&](const Execution&) { save_network(path, built); });
      },
      "built"_a, "path"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "load_network",
      [](const std::string& path, const py::object& report, unsigned threads) {
        return run(report, threads, [&](const Execution&) { return load_network(path); });
      },
      "path"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "network_of_graph",
      [](const FeatureTable& nodes, const FeatureTable& edges, const py::object& report, unsigned threads) {
        return run(report, threads,
                   [&](const Execution& execution) { return network_of_graph({nodes}, {edges}, execution); });
      },
      "nodes"_a, "edges"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def("drawn_edges", &drawn_edges, "network"_a);
}

}  // namespace waywarden::bindings
