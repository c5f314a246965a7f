/// Writes a study's network as columns that prepare.py reads: tail, head, weight, x, y. Weights are the
/// generalised costs of its first scenario, in the unit that the engine chooses.
///
///   study_columns STUDY FOLDER

#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>
#include <vector>

#include "graph.h"
#include "waywarden/network/builder.h"
#include "waywarden/routing/cost_vectors.h"
#include "waywarden/routing/route_index.h"
#include "waywarden/study/load_layers.h"

namespace {

using namespace waywarden;

/// Degrees, those of longitude as long as those of latitude.
void write_positions(const std::string& folder, const Network& network) {
  std::vector<float> x, y;
  for (const Point& p : network.columns().node_point) {
    x.push_back(static_cast<float>(p.x * std::cos(p.y * std::numbers::pi / 180.0)));
    y.push_back(static_cast<float>(p.y));
  }
  bench::write_column(folder + "/x", x);
  bench::write_column(folder + "/y", y);
}

void write_arcs(const std::string& folder, const RouteIndex& index, const EdgeCosts& costs) {
  const std::vector<std::span<const double>> scenarios = {costs.generalised};
  bench::Column tail(index.arcs().tail.begin(), index.arcs().tail.end());
  bench::Column head(index.arcs().head.begin(), index.arcs().head.end());
  bench::write_column(folder + "/tail", tail);
  bench::write_column(folder + "/head", head);
  bench::write_column(folder + "/weight", cost_vectors(index.hierarchy(), scenarios).weights.front());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return std::fputs("usage: study_columns STUDY FOLDER\n", stderr), 2;
  const Study study = read_study(arguments[1]);
  const BuiltNetwork built = build_network(load_layers(study, {}).network, study.network, {});
  write_positions(arguments[2], built.network);
  write_arcs(arguments[2], RouteIndex(built.network), edge_costs(built.network, study.costs, study.scenario));
}
