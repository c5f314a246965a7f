#include "waywarden/study/facts.h"

#include <cstdio>

#include "waywarden/base/version.h"
#include "waywarden/geodesy/crs.h"
#include "waywarden/io/gdal_session.h"
#include "waywarden/study/import_table.h"

namespace waywarden {
namespace {

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f %%", 100.0 * share);
  return text;
}

std::string number(double value, const char* format = "%.3g") {
  char text[32];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

Json words(const std::vector<std::string>& lines) {
  Json list = Json::array();
  for (const std::string& line : lines) list.push(line);
  return list;
}

std::vector<std::string> questions(const Study& study) {
  std::vector<std::string> asked = {
      "Where would " + std::to_string(study.interdiction.teams) +
      " teams stop most journeys, among the crossings and hubs named in the study?"};
  if (study.interdiction.aware_share > 0.0) {
    asked.push_back("What if " + percent(study.interdiction.aware_share) +
                    " of the evaders know where teams stand and go another way?");
  }
  if (study.incidents)
    asked.push_back("Where do recorded incidents concentrate more than chance would have it?");
  return asked;
}

std::vector<std::string> assumptions(const Study& study, const Analysis& a) {
  return {
      "An evader weighs time at " + number(study.costs.value_of_time) +
          " an hour, fees and fares, and risk at " + number(study.costs.risk_aversion) +
          " per unit of hazard -ln(1 - detection).",
      "Evaders see costs differently: " + std::to_string(study.route_choice.draws) +
          " draws of what they believe; routes taken cost on average " +
          number(a.calibration.spread, "%.3f") +
          " times the cheapest (wanted: " + number(study.route_choice.spread, "%.3f") + ").",
      "Detections at different sites are independent; a team detects a journey once.",
      "Where no speed is stated, each mode has one: roads " + number(study.costs.speed_kmh[0]) +
          " km/h, railways " + number(study.costs.speed_kmh[1]) + ".",
      study.demand.given ? "Movement between places is as given."
                         : "Movement between places is estimated by a model, not observed.",
  };
}

std::vector<std::string> uncertainty(const Analysis& a) {
  const Placement& p = answer(a);
  std::vector<std::string> lines;
  if (!p.share.empty()) {
    lines.push_back("Expected interceptions: " + number(p.total_caught(), "%.0f") + " of " +
                    number(p.journeys, "%.0f") + " journeys (" + percent(p.share.back()) +
                    "), standard error " + number(p.caught_error.back(), "%.0f") + " over draws.");
  }
  lines.push_back("Routes of one journey in two draws share " + percent(a.loading.overlap) +
                  " of their cost.");
  if (a.demand_account.unreachable_pairs > 0) {
    lines.push_back(std::to_string(a.demand_account.unreachable_pairs) +
                    " pairs of places are joined by no route; their journeys are not in the figures.");
  }
  return lines;
}

Json evaders(const Analysis& a) {
  const Outcomes& o = a.placements.outcomes;
  Json list = Json::array();
  for (std::size_t i = 0; i < o.facing.size(); ++i) {
    Json one = Json::object();
    one["name"] = std::string(name(o.facing[i])) + ", teams placed for " + std::string(name(o.placed_for[i]));
    one["share"] = o.share[i];
    one["share_se"] = o.caught_error[i] / a.loading.journeys;
    one["regret"] = o.regret[i] / a.loading.journeys;
    one["bound"] = o.bound[i] / a.loading.journeys;
    list.push(std::move(one));
  }
  return list;
}

std::vector<std::string> notices(const Study& study, const Release& release) {
  std::vector<std::string> lines;
  if (uses_synthetic(study))
    lines.push_back("SYNTHETIC data: weights, posts or incidents are invented. Not evidence.");
  if (!release.restricted()) lines.push_back("Unrestricted: " + release.account().reason);
  return lines;
}

Json release_account(const Release& release) {
  const DisclosureAccount& account = release.account();
  Json json = Json::object();
  json["restricted"] = release.restricted();
  if (account.rule) json["k"] = account.rule->k;
  if (!account.reason.empty()) json["reason"] = account.reason;
  json["suppressed"] = account.suppressed();
  json["suppressed_at_least"] = account.suppressed_at_least;
  json["classes_withheld"] = account.classes_withheld();
  return json;
}

}  // namespace

Json study_facts(const Study& study, const StudyLayers& layers, const Analysis& a, const Release& release) {
  Json facts = Json::object();
  const bool open =
      !study.demand.given || !release.restricted() || study.demand.given->origin == Origin::synthetic;
  facts["title"] = study.title;
  facts["notices"] = words(notices(study, release));
  facts["questions"] = words(questions(study));
  facts["inputs"] = import_summary(layers, a);
  facts["attribution"] = words(study.attribution);
  facts["assumptions"] = words(assumptions(study, a));
  // Figures computed from counts of observed movement do not leave.
  if (open) facts["evaders"] = evaders(a);
  if (open) facts["uncertainty"] = words(uncertainty(a));
  return facts;
}

Json study_provenance(const Study& study, const StudyLayers& layers, const Analysis& a,
                      const Release& release) {
  Provenance provenance;
  provenance.inputs = layers.inputs;
  provenance.options = study.options;
  provenance.versions = {{"waywarden", engine_version()}, {"gdal", gdal_version()}, {"proj", proj_version()}};
  provenance.seed = study.seed;
  provenance.assumptions = assumptions(study, a);
  provenance.notes = Json::object();
  provenance.notes["release"] = release_account(release);
  provenance.notes["synthetic"] = uses_synthetic(study);
  provenance.notes["field_deviation"] = a.calibration.perception.deviation();
  provenance.notes["spread_on_sample"] = a.calibration.spread;
  return provenance.json();
}

}  // namespace waywarden
