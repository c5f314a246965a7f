#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <string>

#include "convert.h"
#include "modes.h"
#include "run.h"
#include "waywarden/diagnosis/dangling_ends.h"
#include "waywarden/diagnosis/islands.h"
#include "waywarden/diagnosis/one_way_traps.h"
#include "waywarden/diagnosis/suspicious_speeds.h"

namespace waywarden::bindings {
namespace {

std::string name(Joined joined) { return joined == Joined::weakly ? "weakly" : "strongly"; }
std::string name(Trap trap) { return trap == Trap::no_way_out ? "no way out" : "no way in"; }

template <class Enumeration>
std::vector<std::string> words(const std::vector<Enumeration>& values) {
  std::vector<std::string> out;
  for (const Enumeration value : values) out.push_back(name(value));
  return out;
}

py::dict dangling_out(DanglingEnds ends) {
  return py::dict("node"_a = positions(ends.node), "near_edge"_a = positions(ends.near_edge),
                  "near_point"_a = to_numpy(ends.near_point), "gap_m"_a = to_numpy(std::move(ends.gap_m)));
}

py::dict islands_out(Islands islands) {
  const std::vector<std::int64_t> edge_ends(islands.edge_ends.begin(), islands.edge_ends.end());
  return py::dict("joined"_a = words(islands.joined), "nodes"_a = to_numpy(std::move(islands.nodes)),
                  "first_node"_a = positions(islands.first_node),
                  "length_m"_a = to_numpy(std::move(islands.length_m)), "edges"_a = positions(islands.edges),
                  "edge_ends"_a = to_numpy(std::vector<std::int64_t>(edge_ends)));
}

py::dict traps_out(OneWayTraps traps) {
  return py::dict("trap"_a = words(traps.trap), "edge"_a = positions(traps.edge),
                  "node"_a = positions(traps.node),
                  "region_nodes"_a = to_numpy(std::move(traps.region_nodes)),
                  "region_length_m"_a = to_numpy(std::move(traps.region_length_m)));
}

PlausibleSpeeds speeds_in(const std::map<std::string, std::pair<double, double>>& ranges) {
  PlausibleSpeeds plausible;
  for (const auto& [mode, range] : ranges)
    plausible.of_mode[static_cast<std::size_t>(mode_in(mode))] = {range.first, range.second};
  return plausible;
}

struct Findings {
  DanglingEnds dangling;
  Islands islands;
  OneWayTraps traps;
  std::vector<EdgeId> speeds;
};

}  // namespace

void bind_diagnosis(py::module_& m) {
  const DanglingOptions defaults;
  m.def(
      "diagnose",
      [](const Network& network, double reach_m, double detour,
         const std::map<std::string, std::pair<double, double>>& speeds, const py::object& report,
         unsigned threads) {
        const PlausibleSpeeds plausible = speeds_in(speeds);
        Findings found = run(report, threads, [&](const Execution& execution) {
          return Findings{dangling_ends(network, {Metres{reach_m}, detour}, execution), islands(network),
                          one_way_traps(network), suspicious_speeds(network, plausible)};
        });
        return py::dict("dangling"_a = dangling_out(std::move(found.dangling)),
                        "islands"_a = islands_out(std::move(found.islands)),
                        "traps"_a = traps_out(std::move(found.traps)), "speeds"_a = positions(found.speeds));
      },
      "network"_a, py::kw_only(), "reach_m"_a = defaults.reach.value, "detour"_a = defaults.detour,
      "speeds"_a = std::map<std::string, std::pair<double, double>>(), "report"_a = py::none(),
      "threads"_a = 0);
}

}  // namespace waywarden::bindings
