#ifndef WAYWARDEN_C_API_WAYWARDEN_H
#define WAYWARDEN_C_API_WAYWARDEN_H

/* The engine for other languages: plain C, no exceptions, no global state. Strings are UTF-8 and end with a
 * zero. Every function may be called from any thread. What is here stays: later versions add functions, they
 * do not change these. */

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WAYWARDEN_PUBLIC __attribute__((visibility("default")))
#else
#define WAYWARDEN_PUBLIC
#endif

/* How a call ended. */
enum waywarden_status {
  WAYWARDEN_OK = 0,
  WAYWARDEN_BAD_INPUT = 1,  /* a study, layer, column or option cannot be used */
  WAYWARDEN_FILE = 2,       /* a file cannot be opened, read or written, or may not be */
  WAYWARDEN_DISCLOSURE = 3, /* results would disclose what the rule protects */
  WAYWARDEN_FAILED = 4      /* anything else, such as lack of memory */
};

/* "major.minor.patch"; never freed. */
WAYWARDEN_PUBLIC const char* waywarden_version(void);

/* Reads a study file, answers its questions and writes the results folder (GeoPackage, GeoJSON, CSV,
 * provenance). `results_folder` may be NULL: then as the study says. `threads` 0 means all of the machine.
 * Where the call fails, `message` (if not NULL) receives what was wrong, cut to `message_size` bytes and
 * always ended with a zero. */
WAYWARDEN_PUBLIC enum waywarden_status waywarden_run_study(const char* study_file, const char* results_folder,
                                                           unsigned threads, char* message,
                                                           size_t message_size);

#ifdef __cplusplus
}
#endif

#endif
