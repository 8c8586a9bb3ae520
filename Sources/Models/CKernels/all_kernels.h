#include <stdint.h>
#include <string.h>

#include "include/CKernels.h"

#include "vector16.h"

#include "activations.h"
#include "adamw.h"
#include "convert.h"
#include "dropout.h"
#include "layer_norm.h"
#include "pack.h"
#include "product_bf16.h"
#include "product_f32.h"
#include "product_int8.h"
#include "reduce.h"
#include "softmax.h"
#include "sparse_pass.h"
#include "sums.h"
#include "table_rows.h"
