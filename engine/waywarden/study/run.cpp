#include "waywarden/study/run.h"

#include <filesystem>
#include <fstream>

#include "waywarden/io/write.h"
#include "waywarden/study/facts.h"
#include "waywarden/study/release_draft.h"

namespace waywarden {
namespace {

Release judged(const Study& study, const Draft& draft, const Execution& execution) {
  execution.start("judging what may leave", 1);
  if (!study.release.unrestricted.empty()) return unrestricted(draft, study.release.unrestricted);
  return release(draft, DisclosureRule{study.release.k}, execution);
}

/// Under a temporary name first: a reader never sees half a file.
void write_text(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path unfinished = path.string() + ".part";
  {
    std::ofstream out(unfinished, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw FileError({path.filename().string(), "", ""}, "cannot be written");
  }
  std::filesystem::rename(unfinished, path);
}

}  // namespace

StudyResults run_study(const Study& study, const Execution& execution) {
  const StudyLayers layers = load_layers(study, execution);
  const Analysis analysis = analyse(study, layers, execution);
  const Draft draft = release_draft(study, layers, analysis);
  Release release = judged(study, draft, execution);
  Json provenance = study_provenance(study, layers, analysis, release);
  Json facts = study_facts(study, layers, analysis, release);
  return {std::move(release), result_styles(draft), std::move(provenance), std::move(facts)};
}

void write_results(const StudyResults& results, const std::string& folder, const Execution& execution) {
  const std::filesystem::path root(folder);
  std::error_code error;
  std::filesystem::create_directories(root, error);
  if (error) throw FileError({folder, "", ""}, "the folder cannot be made");
  execution.start("writing results", 4);
  write_geopackage((root / "results.gpkg").string(), results.release, results.styles, execution);
  execution.advance();
  write_geojson((root / "geojson").string(), results.release, execution);
  execution.advance();
  write_csv((root / "csv").string(), results.release, execution);
  execution.advance();
  write_text(root / "provenance.json", results.provenance.text(2) + "\n");
}

std::string results_folder(const Study& study) {
  return (std::filesystem::path(study.folder) / study.results_folder).string();
}

}  // namespace waywarden
