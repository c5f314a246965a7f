#pragma once

/// Functions compiled for several processors. No processor is asked for when building: the loader picks the
/// version that the machine can run. Where they work on whole numbers, all give the same bits.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
/// Put before a function: compiled for machines with AVX-512, with AVX2 and without. What it calls is
/// compiled along only where it is inlined.
#define WAYWARDEN_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WAYWARDEN_MULTIVERSION
#endif
/// Put before a function that multiversioned ones call.
#define WAYWARDEN_INLINE __attribute__((always_inline)) inline
