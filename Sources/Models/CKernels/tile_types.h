// The vectors of a product's tile.
#ifndef TILE_TYPES_H
#define TILE_TYPES_H

#include <stdint.h>

#include "include/CKernels.h"
#include "inline.h"

#define TILE_VECTOR(type, name) typedef type name __attribute__((vector_size(LANES * 4), aligned(4), may_alias))
TILE_VECTOR(float, tile_floats);
TILE_VECTOR(int32_t, tile_ints);
TILE_VECTOR(uint32_t, tile_words);
TILE_VECTOR(int16_t, tile_shorts);
TILE_VECTOR(uint16_t, tile_ushorts);

typedef float __attribute__((may_alias)) may_alias_float;

// The name of a part of a kernel.
#define TILE(kernel, part) TILE_(kernel, part)
#define TILE_(kernel, part) kernel##_##part
// `NAME` of a macro's value.
#define NAMED(kernel) NAME(kernel)

#endif
