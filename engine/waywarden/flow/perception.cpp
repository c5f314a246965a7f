#include "waywarden/flow/perception.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/flow/belief_grid.h"

namespace waywarden {
namespace {

/// What a random stream is for; part of its key beside the draw.
enum class Purpose : std::uint32_t { cell = 0, mode = 1, country = 2, link = 3 };

/// How many times the finest cell's width each grid's cells have.
constexpr std::array<std::int32_t, 3> kGrids = {1, 4, 16};
constexpr double kFinestShare = 1.0 / 64.0;
constexpr double kHeadroom = 64.0;

RandomStream stream(std::uint64_t seed, std::uint32_t draw, Purpose purpose, std::uint64_t item) {
  return RandomStream(seed, item, draw << 2U | static_cast<std::uint32_t>(purpose));
}

std::uint64_t cell_key(std::size_t grid, Cell cell) {
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 30U) - 1;
  return std::uint64_t{grid} << 60U | (static_cast<std::uint64_t>(cell.x) & kMask) << 30U |
         (static_cast<std::uint64_t>(cell.y) & kMask);
}

/// FNV-1a: countries are keyed by their code, so that a further country changes nothing.
std::uint64_t text_key(const std::string& text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

void check(const PerceptionOptions& o, const TripScale& scale) {
  if (o.draws < 2 || o.draws >= (1U << 30U)) throw OptionError("draws must be at least 2");
  for (const double value : {o.link_noise, o.mode_effect, o.country_effect}) {
    if (!std::isfinite(value) || value < 0.0)
      throw OptionError("deviations of perception must be finite and >= 0");
  }
  const auto positive = [](double value) { return std::isfinite(value) && value > 0.0; };
  if (!positive(scale.length.value) || !positive(scale.cost))
    throw OptionError("the median trip must have a length and a cost");
}

Metres finest_cell_of(const TripScale& scale) {
  return {std::max(1.0, std::exp2(std::round(std::log2(scale.length.value * kFinestShare))))};
}

/// Mean 1, with deviation s of the logarithm, from a standard normal z.
double lognormal(double z, double s) { return std::exp(s * z - s * s / 2.0); }

}  // namespace

/// All that does not depend on the deviation: standard normals and link noise, row per draw.
struct Perception::Draws {
  PerceptionOptions options;
  TripScale scale;
  double unit = 1.0;
  BeliefGrid grid;
  std::vector<float> cell;
  std::vector<double> mode;
  std::vector<double> country;
  std::vector<float> link;

  // per edge
  std::vector<std::uint32_t> shape;
  std::vector<std::uint8_t> edge_mode;
  std::vector<std::uint16_t> tail_country;
  std::vector<std::uint16_t> head_country;

  std::size_t country_count() const { return country.size() / options.draws; }

  void draw_cells(const Execution& execution);
  void draw_effects(const Network& network);
  void draw_links(const EdgeCosts& reference, const Execution& execution);
  void describe_edges(const Network& network);
};

void Perception::Draws::draw_cells(const Execution& execution) {
  cell.resize(options.draws * grid.cells.size());
  parallel_for(options.draws, execution, [&](std::size_t draw) {
    std::array<Cell, kGrids.size()> last;
    std::array<double, kGrids.size()> value{};
    for (std::size_t c = 0; c < grid.cells.size(); ++c) {
      if (c % 4096 == 0) execution.check();
      double sum = 0.0;
      for (std::size_t g = 0; g < kGrids.size(); ++g) {
        const Cell at = coarser(grid.cells[c], kGrids[g]);
        if (c == 0 || at != last[g]) {
          value[g] =
              stream(options.seed, static_cast<std::uint32_t>(draw), Purpose::cell, cell_key(g, at)).normal();
        }
        last[g] = at;
        sum += value[g];
      }
      cell[draw * grid.cells.size() + c] =
          static_cast<float>(sum / std::sqrt(static_cast<double>(kGrids.size())));
    }
  });
}

void Perception::Draws::draw_effects(const Network& network) {
  std::vector<std::string> codes = network.columns().countries;
  codes.emplace_back();  // outside every country
  for (std::uint32_t draw = 0; draw < options.draws; ++draw) {
    for (std::size_t m = 0; m < kModeCount; ++m) {
      mode.push_back(stream(options.seed, draw, Purpose::mode, m).normal());
    }
    for (const std::string& code : codes) {
      country.push_back(stream(options.seed, draw, Purpose::country, text_key(code)).normal());
    }
  }
}

void Perception::Draws::draw_links(const EdgeCosts& reference, const Execution& execution) {
  if (options.link_noise == 0.0) return;
  const std::size_t edges = reference.generalised.size();
  const double variance_per_cost = options.link_noise * options.link_noise * scale.cost;
  link.assign(options.draws * edges, 1.0F);
  parallel_for(options.draws, execution, [&](std::size_t draw) {
    for (std::size_t e = 0; e < edges; ++e) {
      if (e % 4096 == 0) execution.check();
      const double shape_parameter = reference.generalised[e] / variance_per_cost;
      if (!(shape_parameter > 0.0) || std::isinf(shape_parameter)) continue;
      RandomStream random = stream(options.seed, static_cast<std::uint32_t>(draw), Purpose::link, e);
      link[draw * edges + e] = static_cast<float>(random.gamma(shape_parameter) / shape_parameter);
    }
  });
}

void Perception::Draws::describe_edges(const Network& network) {
  const NetworkColumns& c = network.columns();
  shape = c.shape;
  const auto country_at = [&](NodeId n) {
    const std::uint16_t index = c.node_country[n.index()];
    return index == kNoCountry ? static_cast<std::uint16_t>(c.countries.size()) : index;
  };
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    edge_mode.push_back(static_cast<std::uint8_t>(c.mode[e]));
    tail_country.push_back(country_at(c.tail[e]));
    head_country.push_back(country_at(c.head[e]));
  }
}

Perception::Perception(const Network& network, const EdgeCosts& reference, const TripScale& scale,
                       const PerceptionOptions& options, const Execution& execution) {
  check(options, scale);
  if (reference.generalised.size() != network.edge_count())
    throw OptionError("costs must have one entry per edge");
  execution.start("perceived costs", options.draws);
  auto draws = std::make_shared<Draws>();
  draws->options = options;
  draws->scale = scale;
  draws->unit = weight_unit(reference.generalised, kHeadroom);
  draws->grid = belief_grid(network, grid_centre(network), finest_cell_of(scale), execution);
  draws->describe_edges(network);
  draws->draw_effects(network);
  draws->draw_cells(execution);
  draws->draw_links(reference, execution);
  execution.advance(options.draws);
  draws_ = std::move(draws);
}

Perception Perception::with_deviation(double deviation) const {
  if (!std::isfinite(deviation) || deviation < 0.0) throw OptionError("deviation must be finite and >= 0");
  return Perception(draws_, deviation);
}

std::uint32_t Perception::draws() const { return draws_->options.draws; }
const PerceptionOptions& Perception::options() const { return draws_->options; }
const TripScale& Perception::scale() const { return draws_->scale; }
Metres Perception::finest_cell() const { return draws_->grid.cell_size; }
double Perception::unit() const { return draws_->unit; }

std::vector<double> Perception::factors(std::uint32_t draw) const {
  const Draws& d = *draws_;
  if (draw >= d.options.draws) throw OptionError("there is no such draw");
  const std::size_t cells = d.grid.cells.size(), countries = d.country_count(), edges = d.shape.size();
  std::vector<double> cell(cells), mode(kModeCount), country(countries), factor(edges);
  for (std::size_t c = 0; c < cells; ++c) cell[c] = lognormal(d.cell[draw * cells + c], deviation_);
  for (std::size_t m = 0; m < kModeCount; ++m) {
    mode[m] = lognormal(d.mode[draw * kModeCount + m], d.options.mode_effect * deviation_);
  }
  for (std::size_t k = 0; k < countries; ++k) {
    country[k] = lognormal(d.country[draw * countries + k], d.options.country_effect * deviation_);
  }
  for (std::size_t e = 0; e < edges; ++e) {
    double field = 0.0;
    for (const CellShare& part : d.grid.of_shape(d.shape[e])) field += part.share * cell[part.cell];
    const double where = (country[d.tail_country[e]] + country[d.head_country[e]]) / 2.0;
    factor[e] = field * mode[d.edge_mode[e]] * where;
    if (!d.link.empty()) factor[e] *= static_cast<double>(d.link[draw * edges + e]);
  }
  return factor;
}

std::vector<Weight> Perception::weights(std::uint32_t draw, std::span<const double> costs) const {
  const std::vector<double> factor = factors(draw);
  if (costs.size() != factor.size()) throw OptionError("costs must have one entry per edge");
  std::vector<Weight> weights(costs.size());
  for (std::size_t e = 0; e < costs.size(); ++e) {
    weights[e] =
        std::isinf(costs[e]) ? kClosed : std::max<Weight>(1, to_weight(costs[e] * factor[e], unit()));
  }
  return weights;
}

std::vector<Weight> agreed_weights(std::span<const double> costs, double unit) {
  std::vector<Weight> weights;
  weights.reserve(costs.size());
  for (const double cost : costs) weights.push_back(std::max<Weight>(1, to_weight(cost, unit)));
  return weights;
}

}  // namespace waywarden
