#include "waywarden/c_api/waywarden.h"

#include <cstdio>

#include "waywarden/base/version.h"
#include "waywarden/study/run.h"

namespace waywarden {
namespace {

void run(const char* study_file, const char* results_folder_or_null, unsigned threads) {
  if (study_file == nullptr) throw OptionError("no study file is given");
  Execution execution;
  execution.threads = threads;
  const Study study = read_study(study_file);
  const StudyResults results = run_study(study, execution);
  write_results(results, results_folder_or_null == nullptr ? results_folder(study) : results_folder_or_null,
                execution);
}

waywarden_status failed(waywarden_status status, const std::exception& error, char* message,
                        std::size_t size) {
  if (message != nullptr && size > 0) std::snprintf(message, size, "%s", error.what());
  return status;
}

}  // namespace
}  // namespace waywarden

const char* waywarden_version(void) {
  static const std::string version = waywarden::engine_version();
  return version.c_str();
}

waywarden_status waywarden_run_study(const char* study_file, const char* results_folder, unsigned threads,
                                     char* message, size_t message_size) {
  using namespace waywarden;
  try {
    run(study_file, results_folder, threads);
    return WAYWARDEN_OK;
  } catch (const DisclosureError& error) {
    return failed(WAYWARDEN_DISCLOSURE, error, message, message_size);
  } catch (const FileError& error) {
    return failed(WAYWARDEN_FILE, error, message, message_size);
  } catch (const Error& error) {
    return failed(WAYWARDEN_BAD_INPUT, error, message, message_size);
  } catch (const std::exception& error) {
    return failed(WAYWARDEN_FAILED, error, message, message_size);
  }
}
