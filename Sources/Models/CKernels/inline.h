// Functions that are always inlined, as those are that vectors go in and out of.
#ifndef INLINE_H
#define INLINE_H

#define INLINE __attribute__((always_inline)) static inline

#pragma clang diagnostic ignored "-Wpsabi"  // no vector crosses a function that is not inlined

#endif
