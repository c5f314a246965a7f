#pragma once

/// The instances of Pan and Morton (2008) that lie beside the repository, and their best known values.

#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "waywarden/network_interdiction/evasion_network.h"

namespace waywarden::snip {

inline std::string folder() { return WAYWARDEN_SOURCE_DIR "/../shared/verification/interdiction/snip/"; }

struct Row {
  int instance;
  int variant;
  double budget;
  double value;
  double gap;
};

/// None where the folder is not there.
inline std::vector<Row> rows() {
  std::ifstream file(folder() + "reference.csv");
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<double> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, ',');) cells.push_back(std::stod(cell));
    rows.push_back({static_cast<int>(cells[0]), static_cast<int>(cells[1]), cells[2], cells[6], cells[10]});
  }
  return rows;
}

class Reader {
 public:
  WorstCaseProblem read(const Row& row) {
    const std::string number = std::to_string(row.instance) + ".txt";
    const double share = row.variant == 2 ? 0.5 : 0.1;
    double r = 0.0;
    double q = 0.0;
    for (std::ifstream file(folder() + "intd_arc" + number); ends(file) && file >> r >> q;) {
      add(r, row.variant == 1 ? q : share * r, SiteId(problem_.network.arcs()));
    }
    problem_.cost.assign(problem_.network.arcs(), 1.0);
    problem_.state.assign(problem_.network.arcs(), SiteState::candidate);
    for (std::ifstream file(folder() + "arcgain" + number); ends(file) && file >> r;)
      add(r, r, SiteId::none());
    for (std::ifstream file(folder() + "Scenarios.txt"); ends(file) && file >> r;) {
      problem_.pairs.origin.push_back(node(from_));
      problem_.pairs.destination.push_back(node(to_));
      problem_.pairs.weight.push_back(r);
    }
    problem_.network.nodes = nodes_.size();
    problem_.budget = row.budget;
    return problem_;
  }

 private:
  bool ends(std::ifstream& file) { return static_cast<bool>(file >> from_ >> to_); }
  NodeId node(long number) { return NodeId(nodes_.emplace(number, nodes_.size()).first->second); }
  void add(double evasion, double watched, SiteId site) {
    problem_.network.tail.push_back(node(from_));
    problem_.network.head.push_back(node(to_));
    problem_.network.evasion.push_back(evasion);
    problem_.network.watched_evasion.push_back(watched);
    problem_.network.site.push_back(site);
  }

  long from_ = 0;
  long to_ = 0;
  std::map<long, std::size_t> nodes_;
  WorstCaseProblem problem_;
};

}  // namespace waywarden::snip
