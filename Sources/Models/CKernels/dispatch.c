#include <stdlib.h>
#include <string.h>

#include "include/CKernels.h"

const char *ck_unknown_instructions(void) {
    const char *limit = getenv("BAKEOFF_INSTRUCTIONS");
    const char *known[] = {"", "baseline", "avx2", "avx512"};
    if (!limit) return 0;
    for (unsigned long i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(limit, known[i])) return 0;
    return limit;
}

// Calls the fastest version of a kernel that this CPU can run, or that BAKEOFF_INSTRUCTIONS allows: `avx2` or
// `baseline`, to test those on a CPU that has more; `avx512` leaves out its instructions for products of few bits.
#if defined(__x86_64__)

enum { BASELINE, AVX2, AVX512 };
static int instruction_set = BASELINE;

// Instructions for products of few bits, which are used where nothing is limited.
static int has_bf16 = 0, has_vnni512 = 0, has_vnni256 = 0;

__attribute__((constructor)) static void choose_instruction_set(void) {
    const char *limit = getenv("BAKEOFF_INSTRUCTIONS");
    const int allowed =
        !limit ? AVX512 : !strcmp(limit, "baseline") ? BASELINE : !strcmp(limit, "avx2") ? AVX2 : AVX512;
    __builtin_cpu_init();
    if (allowed >= AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) instruction_set = AVX2;
    if (allowed >= AVX512 && instruction_set == AVX2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        instruction_set = AVX512;
    if (limit && *limit) return;
    has_bf16 = instruction_set == AVX512 && __builtin_cpu_supports("avx512bf16");
    has_vnni512 = instruction_set == AVX512 && __builtin_cpu_supports("avx512vnni");
    has_vnni256 = instruction_set == AVX2 && __builtin_cpu_supports("avxvnni");
}

int ck_fuses_multiply_add(void) { return instruction_set >= AVX2; }

#define DISPATCH_RETURNING(type, kernel, parameters, arguments)                                           \
    type kernel##_avx512 parameters;                                                                      \
    type kernel##_avx2 parameters;                                                                        \
    type kernel##_baseline parameters;                                                                    \
    type kernel parameters {                                                                              \
        if (instruction_set == AVX512) return kernel##_avx512 arguments;                                  \
        if (instruction_set == AVX2) return kernel##_avx2 arguments;                                      \
        return kernel##_baseline arguments;                                                               \
    }

#else

int ck_fuses_multiply_add(void) { return 1; }

#define DISPATCH_RETURNING(type, kernel, parameters, arguments) \
    type kernel##_baseline parameters;                          \
    type kernel parameters { return kernel##_baseline arguments; }

#endif

#define DISPATCH(kernel, parameters, arguments) DISPATCH_RETURNING(void, kernel, parameters, arguments)

DISPATCH(
    ck_panel_product,
    (long rows, long depth, const float *a, long a_row, long a_depth, const float *b, long b_depth, const
     float *start, long start_row, float *c, long c_row),
    (rows, depth, a, a_row, a_depth, b, b_depth, start, start_row, c, c_row))
#define DISPATCH_ELEMENTS(kernel)                                                                \
    DISPATCH(                                                                                    \
        kernel, (const float *x, long x_stride, float *y, long y_stride, long rows, long columns), \
        (x, x_stride, y, y_stride, rows, columns))
DISPATCH_ELEMENTS(ck_gelu_erf)
DISPATCH_ELEMENTS(ck_gelu_tanh)
DISPATCH_ELEMENTS(ck_relu)
DISPATCH_ELEMENTS(ck_tanh)
DISPATCH_ELEMENTS(ck_gelu_erf_backward)
DISPATCH_ELEMENTS(ck_gelu_tanh_backward)
DISPATCH_ELEMENTS(ck_relu_backward)
DISPATCH_ELEMENTS(ck_tanh_backward)
DISPATCH_ELEMENTS(ck_add_rows)
DISPATCH(
    ck_multiply_rows,
    (const float *x, long x_stride, const float *y, long y_stride, float *z, long z_stride, long rows, long columns),
    (x, x_stride, y, y_stride, z, z_stride, rows, columns))
DISPATCH(
    ck_softmax_rows,
    (float *x, long rows, long columns, long stride, float scale),
    (x, rows, columns, stride, scale))
DISPATCH(
    ck_softmax_backward_rows,
    (const float *p, long p_stride, float *d, long d_stride, long rows, long columns, float scale),
    (p, p_stride, d, d_stride, rows, columns, scale))
DISPATCH(
    ck_layer_norm_rows,
    (const float *x, long x_stride, const float *residual, long residual_stride, float *sums, long sums_stride,
     const float *gain, const float *shift, float epsilon, float *y, long y_stride, long rows, long columns),
    (x, x_stride, residual, residual_stride, sums, sums_stride, gain, shift, epsilon, y, y_stride, rows,
     columns))
DISPATCH(
    ck_layer_norm_backward_rows,
    (const float *z, long z_stride, const float *gain, float epsilon, float *d, long d_stride, float *d_gain,
     float *d_shift, long rows, long columns),
    (z, z_stride, gain, epsilon, d, d_stride, d_gain, d_shift, rows, columns))
DISPATCH(
    ck_dropout_rows,
    (float *x, long rows, long columns, long stride, uint32_t threshold, float scale, const uint32_t *key,
     uint32_t step, uint32_t site, uint32_t first_row, uint32_t row_step),
    (x, rows, columns, stride, threshold, scale, key, step, site, first_row, row_step))
DISPATCH(
    ck_adamw,
    (float *w, const float *g, float *m, float *v, long count, float gradient_scale, float decay, float share1,
     float beta2, float share2, float rate, float root, float epsilon),
    (w, g, m, v, count, gradient_scale, decay, share1, beta2, share2, rate, root, epsilon))
DISPATCH(
    ck_add_column_sums, (const float *x, long x_stride, float *sums, long rows, long columns),
    (x, x_stride, sums, rows, columns))
DISPATCH(
    ck_transpose_panel, (const float *tiles, long tile_step, long count, float *panel),
    (tiles, tile_step, count, panel))
DISPATCH(ck_copy_panel, (const float *b, long b_row, long rows, float *panel), (b, b_row, rows, panel))
DISPATCH(ck_exp, (float *x, long count), (x, count))
DISPATCH(ck_half_to_float, (const uint16_t *from, float *to, long count), (from, to, count))
DISPATCH(ck_bfloat16_to_float, (const uint16_t *from, float *to, long count), (from, to, count))
DISPATCH(
    ck_pack_transposed, (const float *b, long b_row, long rows, long depth, float *panel),
    (b, b_row, rows, depth, panel))
DISPATCH_RETURNING(double, ck_sum_of_squares, (const float *x, long count), (x, count))
DISPATCH(
    ck_sparse_scores,
    (long lanes, long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns,
     const double *values, const double *weights, const double *intercepts, double *scores),
    (lanes, rows, ahead, order, offsets, columns, values, weights, intercepts, scores))
DISPATCH(
    ck_sparse_sums,
    (long lanes, long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns,
     const double *values, const double *residuals, double *sums, double *total),
    (lanes, rows, ahead, order, offsets, columns, values, residuals, sums, total))
DISPATCH(ck_dot_lanes, (const double *a, const double *b, long count, double *lanes), (a, b, count, lanes))
DISPATCH(
    ck_quotient_and_multiple,
    (const double *x, double divisor, const double *y, double factor, double *sum, long count),
    (x, divisor, y, factor, sum, count))
DISPATCH(ck_add_multiple, (double factor, const double *x, double *y, long count), (factor, x, y, count))
DISPATCH(
    ck_add_multiple_dot, (double factor, const double *x, double *y, const double *z, long count, double *lanes),
    (factor, x, y, z, count, lanes))
DISPATCH(
    ck_conjugate_move,
    (double length, const double *vector, const double *image, const double *inverse, double *solution, double *residual,
     long count, double *largest, double *squares),
    (length, vector, image, inverse, solution, residual, count, largest, squares))
DISPATCH(
    ck_sum_table_rows,
    (const float *table, long width, const int32_t *rows, long count, const int32_t *next, long next_count, float *sum),
    (table, width, rows, count, next, next_count, sum))
DISPATCH(
    ck_add_to_table_rows, (float *table, long width, const int32_t *rows, long count, const float *change),
    (table, width, rows, count, change))
DISPATCH(
    ck_conjugate_turn, (double share, const double *inverse, const double *residual, double *vector, long count),
    (share, inverse, residual, vector, count))
DISPATCH(
    ck_hinge_rows, (long lanes, long rows, double *scores, const double *weights, double *losses),
    (lanes, rows, scores, weights, losses))
DISPATCH(
    ck_sigmoid_rows,
    (long lanes, long rows, double *scores, const double *weights, double *linear, double *product),
    (lanes, rows, scores, weights, linear, product))
DISPATCH(
    ck_pack_bf16, (const float *b, long b_row, long rows, long depth, uint16_t *panel), (b, b_row, rows, depth, panel))
DISPATCH(
    ck_pack_int8, (const float *b, long b_row, long rows, long depth, uint8_t *panel), (b, b_row, rows, depth, panel))

#define ROW_PARAMETERS const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns
DISPATCH(ck_rows_to_bf16_pairs, (ROW_PARAMETERS), (x, x_stride, y, y_stride, rows, columns))
DISPATCH(ck_rows_to_bf16_floats, (ROW_PARAMETERS), (x, x_stride, y, y_stride, rows, columns))
DISPATCH(ck_row_pairs_to_bf16, (ROW_PARAMETERS), (x, x_stride, y, y_stride, rows, columns))
DISPATCH(ck_row_pairs_to_bf16_floats, (ROW_PARAMETERS), (x, x_stride, y, y_stride, rows, columns))
DISPATCH(ck_rows_to_int8_bytes, (ROW_PARAMETERS, long planes), (x, x_stride, y, y_stride, rows, columns, planes))
DISPATCH(ck_rows_to_int8_words, (ROW_PARAMETERS, long planes), (x, x_stride, y, y_stride, rows, columns, planes))

#define PRODUCT_PARAMETERS                                                                              \
    (long rows, long depth, const uint32_t *a, long a_row, long a_depth, const uint32_t *b, long b_depth, \
     const float *start, long start_row, float *c, long c_row)
#define PRODUCT_ARGUMENTS (rows, depth, a, a_row, a_depth, b, b_depth, start, start_row, c, c_row)

#if defined(__x86_64__)

void ck_panel_product_bf16_avx512bf16 PRODUCT_PARAMETERS;
void ck_panel_product_bf16_avx512 PRODUCT_PARAMETERS;
void ck_panel_product_bf16_avx2 PRODUCT_PARAMETERS;
void ck_panel_product_bf16_baseline PRODUCT_PARAMETERS;
void ck_panel_product_int8_avx512vnni PRODUCT_PARAMETERS;
void ck_panel_product_int8_avxvnni PRODUCT_PARAMETERS;
void ck_panel_product_int8_avx512 PRODUCT_PARAMETERS;
void ck_panel_product_int8_avx2 PRODUCT_PARAMETERS;
void ck_panel_product_int8_baseline PRODUCT_PARAMETERS;

// Without the instruction, the CPU is told to take numbers below the normal range for 0, and to make 0 of such results.
void ck_panel_product_bf16 PRODUCT_PARAMETERS {
    if (has_bf16) {
        ck_panel_product_bf16_avx512bf16 PRODUCT_ARGUMENTS;
        return;
    }
    const unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x40;
    const unsigned control = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr(control | flush_to_zero | denormals_are_zero);
    if (instruction_set == AVX512) ck_panel_product_bf16_avx512 PRODUCT_ARGUMENTS;
    else if (instruction_set == AVX2) ck_panel_product_bf16_avx2 PRODUCT_ARGUMENTS;
    else ck_panel_product_bf16_baseline PRODUCT_ARGUMENTS;
    __builtin_ia32_ldmxcsr(control);
}

void ck_panel_product_int8 PRODUCT_PARAMETERS {
    if (has_vnni512) ck_panel_product_int8_avx512vnni PRODUCT_ARGUMENTS;
    else if (has_vnni256) ck_panel_product_int8_avxvnni PRODUCT_ARGUMENTS;
    else if (instruction_set == AVX512) ck_panel_product_int8_avx512 PRODUCT_ARGUMENTS;
    else if (instruction_set == AVX2) ck_panel_product_int8_avx2 PRODUCT_ARGUMENTS;
    else ck_panel_product_int8_baseline PRODUCT_ARGUMENTS;
}

#else

DISPATCH(ck_panel_product_bf16, PRODUCT_PARAMETERS, PRODUCT_ARGUMENTS)
DISPATCH(ck_panel_product_int8, PRODUCT_PARAMETERS, PRODUCT_ARGUMENTS)

static const int has_bf16 = 0, has_vnni512 = 0, has_vnni256 = 0;

#endif

// The left factor stands as the product reads it: where the CPU has no instruction, its numbers are taken apart once, for all
// panels.

long ck_bf16_left_units(void) { return has_bf16 ? 1 : 2; }

void ck_rows_to_bf16(ROW_PARAMETERS) {
    if (has_bf16) ck_rows_to_bf16_pairs(x, x_stride, y, y_stride, rows, columns);
    else ck_rows_to_bf16_floats(x, x_stride, y, y_stride, rows, columns);
}

void ck_row_pairs_to_bf16_left(ROW_PARAMETERS) {
    if (has_bf16) ck_row_pairs_to_bf16(x, x_stride, y, y_stride, rows, columns);
    else ck_row_pairs_to_bf16_floats(x, x_stride, y, y_stride, rows, columns);
}

long ck_int8_left_units(long planes) {
    return CK_INT8_HEADER + (has_vnni512 || has_vnni256 ? planes : 2) * CK_INT8_GROUP / 4;
}

void ck_rows_to_int8(ROW_PARAMETERS, long planes) {
    if (has_vnni512 || has_vnni256) ck_rows_to_int8_bytes(x, x_stride, y, y_stride, rows, columns, planes);
    else ck_rows_to_int8_words(x, x_stride, y, y_stride, rows, columns, planes);
}
