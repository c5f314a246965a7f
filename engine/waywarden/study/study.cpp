#include "waywarden/study/study.h"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "waywarden/study/toml_table.h"

namespace waywarden {
namespace {

constexpr Range kCount{1, 1e6};

std::vector<std::string> travel_modes() { return {kModeNames.begin(), kModeNames.begin() + 6}; }

Mode mode(const std::string& word) { return *mode_named(word); }

std::vector<Mode> modes(const TomlTable& t, const std::string& key,
                        const std::vector<std::string>& otherwise) {
  std::vector<Mode> all;
  for (const std::string& word : t.words(key, otherwise, travel_modes())) all.push_back(mode(word));
  return all;
}

LayerSource source(const TomlTable& t) {
  LayerSource layer;
  layer.file = t.text("file");
  layer.options.layer = t.text("layer", "");
  layer.options.id_column = t.text("id", "");
  layer.options.encoding = t.text("encoding", "");
  layer.options.x_column = t.text("x", "");
  layer.options.y_column = t.text("y", "");
  if (t.has("crs")) layer.options.crs = Crs(t.text("crs"));
  layer.origin = t.flag("synthetic", false) ? Origin::synthetic : Origin::observed;
  if (layer.options.x_column.empty() != layer.options.y_column.empty()) t.fail("x", "goes with y");
  return layer;
}

StudyLayer<LinkLayer> links(const TomlTable& t) {
  StudyLayer<LinkLayer> layer{source(t), {}};
  t.text("mode");
  layer.role.mode = mode(t.word("mode", "", travel_modes()));
  layer.role.speed_column = t.text("speed_kmh", "");
  layer.role.oneway_column = t.text("oneway", "");
  layer.role.level_column = t.text("level", "");
  if (t.word("at_crossings", "pass", {"pass", "join"}) == "join") {
    layer.role.at_crossings = AtCrossings::join;
  }
  layer.role.detection_column = t.text("detection", "");
  return layer;
}

/// Its driver in GDAL would lose which ways meet: such a file is read by osm/, whatever the case of its name.
bool is_osm(const TomlTable& t) {
  std::string file = t.text("file");
  std::transform(file.begin(), file.end(), file.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return file.ends_with(".osm.pbf") || file.ends_with(".osm");
}

StudyLayer<OsmLayer> extract(const TomlTable& t) {
  StudyLayer<OsmLayer> layer;
  layer.source.file = t.text("file");
  layer.source.origin = t.flag("synthetic", false) ? Origin::synthetic : Origin::observed;
  layer.role.profile = t.text("profile", "");
  layer.role.modes = modes(t, "modes", travel_modes());
  return layer;
}

void add_links(const TomlTable& t, Study& study) {
  if (is_osm(t))
    study.extracts.push_back(extract(t));
  else
    study.links.push_back(links(t));
}

StudyLayer<HubLayer> hubs(const TomlTable& t) {
  StudyLayer<HubLayer> layer{source(t), {}};
  layer.role.name_column = t.text("name", "");
  layer.role.country_column = t.text("country", "");
  layer.role.modes = modes(t, "modes", {"road", "rail"});
  layer.role.radius.value = t.number("radius_m", layer.role.radius.value, kPositive);
  layer.role.wait.value = 60.0 * t.number("wait_minutes", layer.role.wait.value / 60.0, kNotNegative);
  layer.role.money = t.number("money", layer.role.money, kNotNegative);
  layer.role.detection = t.number("detection", layer.role.detection, kProbability);
  return layer;
}

StudyLayer<CountryLayer> countries(const TomlTable& t) {
  StudyLayer<CountryLayer> layer{source(t), {}};
  layer.role.code_column = t.text("code");
  layer.role.name_column = t.text("name", "");
  layer.role.accuracy_column = t.text("accuracy", "");
  layer.role.accuracy.value = t.number("accuracy_m", layer.role.accuracy.value, kNotNegative);
  return layer;
}

StudyLayer<PostLayer> posts(const TomlTable& t) {
  StudyLayer<PostLayer> layer{source(t), {}};
  layer.role.name_column = t.text("name", "");
  layer.role.country_a_column = t.text("country_a");
  layer.role.country_b_column = t.text("country_b");
  layer.role.mode_column = t.text("mode", "");
  layer.role.detection_column = t.text("detection", "");
  layer.role.wait_column = t.text("wait_minutes", "");
  layer.role.tolerance.value = t.number("tolerance_m", layer.role.tolerance.value, kPositive);
  return layer;
}

StudyLayer<PlaceLayer> places(const TomlTable& t) {
  StudyLayer<PlaceLayer> layer{source(t), {}};
  layer.role.name_column = t.text("name", "");
  layer.role.country_column = t.text("country", "");
  layer.role.population_column = t.text("population", "");
  layer.role.vulnerability_column = t.text("vulnerability", "");
  layer.role.source_weight_column = t.text("source_weight", "");
  if (t.has("vulnerability") && t.has("source_weight"))
    t.fail("source_weight", "cannot stand beside vulnerability");
  layer.role.destination_weight_column = t.text("destination_weight", "");
  layer.role.modes = modes(t, "modes", {"road"});
  layer.role.radius.value = t.number("radius_m", layer.role.radius.value, kPositive);
  return layer;
}

StudyLayer<IncidentLayer> incidents(const TomlTable& t) {
  StudyLayer<IncidentLayer> layer{source(t), {}};
  layer.role.hexagon_km2 = t.number("hexagon_km2", layer.role.hexagon_km2, {0.01, 1e6});
  layer.role.place_radius.value = t.number("place_radius_m", layer.role.place_radius.value, kPositive);
  return layer;
}

NetworkOptions network(const TomlTable& t) {
  NetworkOptions o;
  o.snap_tolerance.value = t.number("snap_tolerance_m", o.snap_tolerance.value, {0.0, 1000.0});
  o.informal_detection = t.number("informal_detection", o.informal_detection, kProbability);
  o.informal_wait.value =
      60.0 * t.number("informal_wait_minutes", o.informal_wait.value / 60.0, kNotNegative);
  o.listed_detection = t.number("listed_detection", o.listed_detection, kProbability);
  o.listed_wait.value = 60.0 * t.number("listed_wait_minutes", o.listed_wait.value / 60.0, kNotNegative);
  o.access_speed_kmh = t.number("access_speed_kmh", o.access_speed_kmh, kPositive);
  return o;
}

/// [costs.speed_kmh] and the like: one number per mode.
void per_mode(const std::optional<TomlTable>& t, Range range, std::array<double, kModeCount>& values) {
  if (!t) return;
  for (std::size_t i = 0; i < kModeCount; ++i)
    values[i] = t->number(std::string(kModeNames[i]), values[i], range);
}

CostAssumptions costs(const TomlTable& t) {
  CostAssumptions a;
  a.value_of_time = t.number("value_of_time_per_hour", a.value_of_time, kNotNegative);
  a.risk_aversion = t.number("risk_aversion", a.risk_aversion, kNotNegative);
  per_mode(t.table("speed_kmh"), kPositive, a.speed_kmh);
  per_mode(t.table("money_per_km"), kNotNegative, a.money_per_km);
  return a;
}

Scenario scenario(const TomlTable& t) {
  Scenario s;
  s.name = t.text("name", "");
  s.closed_crossings = t.texts("closed_crossings", {});
  per_mode(t.table("time_factor"), kPositive, s.time_factor);
  return s;
}

std::ptrdiff_t position(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) - words.begin();
}

DemandConstraint constraint(const TomlTable& t) {
  static const std::vector<std::string> kConstraints = {"none", "production", "attraction", "both"};
  return static_cast<DemandConstraint>(position(kConstraints, t.word("constraint", "none", kConstraints)));
}

std::optional<double> positive(const TomlTable& t, const std::string& key) {
  if (!t.has(key)) return std::nullopt;
  return t.number(key, 0.0, kPositive);
}

GravityOptions gravity(const TomlTable& t) {
  static const std::vector<std::string> kDecays = {"exponential", "power", "tanner"};
  GravityOptions o;
  o.function = static_cast<Decay>(position(kDecays, t.word("function", "exponential", kDecays)));
  o.decay = t.number("decay", o.decay, kNotNegative);
  if (o.function == Decay::tanner) o.exponent = t.number("exponent", o.exponent, {-10.0, 10.0});
  o.constraint = constraint(t);
  o.total = positive(t, "journeys");
  return o;
}

/// Keys of other models are refused as keys that nobody reads.
DemandModel model(const TomlTable& t) {
  const std::string word = t.word("model", "gravity", {"gravity", "radiation", "intervening"});
  if (word == "gravity") return gravity(t);
  if (word == "radiation") return RadiationOptions{constraint(t), positive(t, "journeys")};
  const double acceptance = t.number("acceptance", InterveningOptions{}.acceptance, kPositive);
  return InterveningOptions{acceptance, constraint(t), positive(t, "journeys")};
}

DemandQuestion demand(const TomlTable& t) {
  DemandQuestion question;
  if (!t.has("file")) {
    question.model = model(t);
    question.cutoff = positive(t, "cutoff");
    return question;
  }
  question.given = source(t);
  question.origin_column = t.text("origin");
  question.destination_column = t.text("destination");
  question.journeys_column = t.text("journeys");
  return question;
}

PerceptionOptions route_choice(const TomlTable& t) {
  PerceptionOptions o;
  o.draws = static_cast<std::uint32_t>(t.integer("draws", o.draws, {2, 4096}));
  o.spread = t.number("spread", o.spread, {1.0001, 10.0});
  o.link_noise = t.number("link_noise", o.link_noise, {0.0, 1.0});
  o.mode_effect = t.number("mode_effect", o.mode_effect, {0.0, 10.0});
  o.country_effect = t.number("country_effect", o.country_effect, {0.0, 10.0});
  return o;
}

SiteOptions sites(const TomlTable& t) {
  SiteOptions o;
  o.listed_crossing = t.number("listed_crossing_detection", *o.listed_crossing, kProbability);
  o.informal_crossing = t.number("informal_crossing_detection", *o.informal_crossing, kProbability);
  o.hub = t.number("hub_detection", *o.hub, kProbability);
  const auto kinds = t.words("candidates", {"listed_crossing", "informal_crossing", "hub"},
                             {"listed_crossing", "informal_crossing", "hub"});
  const auto without = [&](const char* kind) {
    return std::find(kinds.begin(), kinds.end(), kind) == kinds.end();
  };
  if (without("listed_crossing")) o.listed_crossing.reset();
  if (without("informal_crossing")) o.informal_crossing.reset();
  if (without("hub")) o.hub.reset();
  o.required = t.texts("required", {});
  o.forbidden = t.texts("forbidden", {});
  o.detection = t.numbers("detection", kProbability);
  o.cost = t.numbers("cost", kPositive);
  o.hours = t.numbers("hours", {std::numeric_limits<double>::min(), 1.0});
  return o;
}

InterdictionQuestion interdiction(const TomlTable& t) {
  InterdictionQuestion q;
  q.teams = static_cast<std::size_t>(t.integer("teams", static_cast<std::int64_t>(q.teams), kCount));
  q.budget = positive(t, "budget");
  q.sites = sites(t);
  q.aware_share = t.number("aware_share", q.aware_share, kProbability);
  q.sensitivity_draws =
      static_cast<std::uint32_t>(t.integer("sensitivity_draws", q.sensitivity_draws, {2, 4096}));
  q.judged = t.flag("judged", q.judged);
  if (q.judged) q.detour = t.number("detour", q.detour, {1.0, 100.0});
  if (q.judged) q.seconds = t.number("seconds", q.seconds, kPositive);
  return q;
}

ReleaseChoice release_choice(const TomlTable& t) {
  ReleaseChoice choice;
  choice.k = t.integer("k", choice.k, {2, 1000});
  choice.unrestricted = t.text("unrestricted", "");
  if (t.has("unrestricted") && choice.unrestricted.empty())
    t.fail("unrestricted", "must say why nothing is suppressed");
  return choice;
}

/// Hands an optional table to a reader.
template <class Read>
auto optional_layer(const TomlTable& t, const std::string& key, Read read)
    -> std::optional<decltype(read(std::declval<const TomlTable&>()))> {
  const auto table = t.table(key);
  if (!table) return std::nullopt;
  return read(*table);
}

void read_layers(const TomlTable& t, Study& study) {
  for (const TomlTable& layer : t.tables("links")) add_links(layer, study);
  for (const TomlTable& layer : t.tables("hubs")) study.hubs.push_back(hubs(layer));
  study.countries = optional_layer(t, "countries", countries);
  study.posts = optional_layer(t, "crossings", posts);
  study.places = optional_layer(t, "places", places);
  study.incidents = optional_layer(t, "incidents", incidents);
  if (study.links.empty() && study.extracts.empty())
    t.fail("links", "is missing: at least one [[links]] layer is needed");
}

void read_questions(const TomlTable& t, Study& study) {
  if (const auto table = t.table("network")) study.network = network(*table);
  if (const auto table = t.table("costs")) study.costs = costs(*table);
  if (const auto table = t.table("scenario")) study.scenario = scenario(*table);
  if (const auto table = t.table("demand")) study.demand = demand(*table);
  if (const auto table = t.table("route_choice")) study.route_choice = route_choice(*table);
  if (const auto table = t.table("interdiction")) study.interdiction = interdiction(*table);
  if (const auto table = t.table("release")) study.release = release_choice(*table);
  study.route_choice.seed = study.seed;
}

Study read(const TomlTable& t, const std::string& name) {
  Study study;
  study.file = name;
  study.folder = std::filesystem::path(name).parent_path().string();
  study.title = t.text("title");
  study.seed = static_cast<std::uint64_t>(t.integer("seed", 1, {0, 9e15}));
  study.results_folder = t.text("results", study.results_folder);
  study.attribution = t.texts("attribution", {});
  read_layers(t, study);
  read_questions(t, study);
  t.require_all_used();
  study.options = t.effective();
  return study;
}

}  // namespace

Study read_study(const std::string& path) { return read(TomlTable::parse_file(path), path); }

Study parse_study(const std::string& text, const std::string& name) {
  return read(TomlTable::parse_text(text, name), name);
}

}  // namespace waywarden
