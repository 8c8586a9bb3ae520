#include <stdlib.h>
#include <string.h>

#include "include/CKernels.h"

// Calls the fastest version of a kernel that this CPU can run, or that BAKEOFF_INSTRUCTIONS allows: `avx2` or
// `baseline`, to test those on a CPU that has more.
#if defined(__x86_64__)

enum { BASELINE, AVX2, AVX512 };
static int instruction_set = BASELINE;

__attribute__((constructor)) static void choose_instruction_set(void) {
    const char *limit = getenv("BAKEOFF_INSTRUCTIONS");
    const int allowed =
        !limit ? AVX512 : !strcmp(limit, "baseline") ? BASELINE : !strcmp(limit, "avx2") ? AVX2 : AVX512;
    __builtin_cpu_init();
    if (allowed >= AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) instruction_set = AVX2;
    if (allowed >= AVX512 && instruction_set == AVX2 && __builtin_cpu_supports("avx512f")) instruction_set = AVX512;
}

#define DISPATCH(kernel, parameters, arguments)                                                           \
    void kernel##_avx512 parameters;                                                                      \
    void kernel##_avx2 parameters;                                                                        \
    void kernel##_baseline parameters;                                                                    \
    void kernel parameters {                                                                              \
        if (instruction_set == AVX512)                                                                    \
            kernel##_avx512 arguments;                                                                    \
        else if (instruction_set == AVX2)                                                                 \
            kernel##_avx2 arguments;                                                                      \
        else                                                                                              \
            kernel##_baseline arguments;                                                                  \
    }

#else

#define DISPATCH(kernel, parameters, arguments) \
    void kernel##_baseline parameters;          \
    void kernel parameters { kernel##_baseline arguments; }

#endif

DISPATCH(
    ck_panel_product,
    (long rows, long depth, const float *a, long a_row, long a_depth, const float *b, long b_depth, const
     float *start, long start_row, float *c, long c_row),
    (rows, depth, a, a_row, a_depth, b, b_depth, start, start_row, c, c_row))
DISPATCH(ck_gelu_erf, (float *x, long rows, long columns, long stride), (x, rows, columns, stride))
DISPATCH(ck_gelu_tanh, (float *x, long rows, long columns, long stride), (x, rows, columns, stride))
DISPATCH(ck_relu, (float *x, long rows, long columns, long stride), (x, rows, columns, stride))
DISPATCH(ck_tanh, (float *x, long rows, long columns, long stride), (x, rows, columns, stride))
DISPATCH(
    ck_softmax_rows,
    (float *x, long rows, long columns, long stride, float scale),
    (x, rows, columns, stride, scale))
DISPATCH(
    ck_layer_norm_rows,
    (const float *x, long x_stride, const float *residual, long residual_stride, const float *gain, const
     float *shift, float epsilon, float *y, long y_stride, long rows, long columns),
    (x, x_stride, residual, residual_stride, gain, shift, epsilon, y, y_stride, rows, columns))
DISPATCH(ck_exp, (float *x, long count), (x, count))
DISPATCH(ck_half_to_float, (const uint16_t *from, float *to, long count), (from, to, count))
DISPATCH(ck_bfloat16_to_float, (const uint16_t *from, float *to, long count), (from, to, count))
DISPATCH(
    ck_pack_transposed, (const float *b, long b_row, long rows, long depth, float *panel),
    (b, b_row, rows, depth, panel))
DISPATCH(
    ck_sparse_scores,
    (long lanes, long rows, const long *offsets, const int32_t *columns, const double *values, const double
     *weights, const double *intercepts, double *scores),
    (lanes, rows, offsets, columns, values, weights, intercepts, scores))
DISPATCH(
    ck_sparse_sums,
    (long lanes, long rows, const long *offsets, const int32_t *columns, const double *values, const double
     *residuals, double *sums, double *total),
    (lanes, rows, offsets, columns, values, residuals, sums, total))
DISPATCH(
    ck_sigmoid_rows,
    (long lanes, long rows, double *scores, const double *weights, double *linear, double *product),
    (lanes, rows, scores, weights, linear, product))
