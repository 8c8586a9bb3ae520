// The product of float32 numbers.
#include "tile_types.h"

#define PRODUCT ck_panel_product
#define UNIT float
#define SUMS tile_floats
#define PARTS 1
#define FACTOR tile_floats
#define RIGHT(part, p) (*(const tile_floats *)(p))
#define LEFT_UNITS 1
#define LEFT(part, p) (*(p) - (tile_floats){0})
#define ADD(part, a, b, sum) MULTIPLY_ADD(a, b, sum)
#include "gemm_tile.h"
