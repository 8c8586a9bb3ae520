#ifndef CKERNELS_H
#define CKERNELS_H

// Element-wise and matrix kernels on float32, chosen for the CPU at run time.
//
// Sums run in a fixed order (sixteen interleaved partial sums, or one chain over k), so on CPUs with fused
// multiply-add the bits of a result depend on neither the vector width nor the rows beside it.
// Lengths are in elements; nothing is read or written past them, unless said; pointers need only the alignment of a float.
// "ulps" below are of the exact result unless stated; the tests hold every kernel to them against Double.

#include <stdint.h>

// Columns of one panel of a matrix packed for `ck_panel_product`.
#define CK_PANEL 32

// C[r, j] = start[r, j] + sum over k of A[r, k] * B[k, j], for `rows` rows and the CK_PANEL columns of one panel.
//
// A[r, k] is a[r * a_row + k * a_depth], so A may be given transposed. B[k, j] is b[k * b_depth + j].
// start[r, j] is start[r * start_row + j]: a bias with start_row 0, or C itself to go on with a sum. All
// CK_PANEL columns of B, start and C are read and written. Error: that of a chain of `depth` multiply-adds.
void ck_panel_product(
    long rows, long depth, const float *a, long a_row, long a_depth, const float *b, long b_depth,
    const float *start, long start_row, float *c, long c_row);

// panel[k, r] = b[r, k] for `rows` <= CK_PANEL rows of `depth` elements, `b_row` apart; 0 for the other r.
void ck_pack_transposed(const float *b, long b_row, long rows, long depth, float *panel);

// Activations, in place, of `rows` rows of `columns` elements, `stride` apart. NaN stays NaN.
//
// x * (1 + erf(x / sqrt 2)) / 2. Error at most 4e-7 * max(1, |x|).
void ck_gelu_erf(float *x, long rows, long columns, long stride);
// x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2. Error at most 4e-7 * max(1, |x|).
void ck_gelu_tanh(float *x, long rows, long columns, long stride);
// max(x, 0). Exact.
void ck_relu(float *x, long rows, long columns, long stride);
// tanh x. Error at most 3e-7.
void ck_tanh(float *x, long rows, long columns, long stride);

// Each row becomes exp(scale * x - max) / sum, for `rows` rows of `columns` elements, `stride` apart; columns >= 1.
// Rows are padded: up to the next multiple of 16 columns, elements are read and become 0.
// Error at most 8 ulps or 1e-30. A row that holds NaN becomes all NaN.
void ck_softmax_rows(float *x, long rows, long columns, long stride, float scale);

// y = (x + residual - mean) / sqrt(variance + epsilon) * gain + shift for each row; `residual` may be null, and y
// may be x. The variance is that of the population, of deviations from the mean.
// Error at most 8 ulps of the largest |gain * normalised value| + |shift| in the row.
void ck_layer_norm_rows(
    const float *x, long x_stride, const float *residual, long residual_stride, const float *gain,
    const float *shift, float epsilon, float *y, long y_stride, long rows, long columns);

// exp x, in place. At most 2 ulps; 0 below -87.33, infinite above 88.72.
void ck_exp(float *x, long count);

// A pass over rows of a sparse matrix (CSR) for 2, 4 or 8 models side by side, in double: `lanes` values for each
// column, row or model. Row r holds values[i] in columns[i] for i from offsets[r] up to
// offsets[r + 1]. Nothing is fused or reordered: the bits are the same on every CPU.
//
// scores[r] = intercepts + sum over i of values[i] * weights[columns[i]].
void ck_sparse_scores(
    long lanes, long rows, const long *offsets, const int32_t *columns, const double *values,
    const double *weights, const double *intercepts, double *scores);
// sums[columns[i]] += values[i] * residuals[r] for every value, and total += residuals[r] for every row.
void ck_sparse_sums(
    long lanes, long rows, const long *offsets, const int32_t *columns, const double *values,
    const double *residuals, double *sums, double *total);
// Each score z becomes weights / (1 + exp(-z)), within a few ulps and without overflow. `linear` and `product` become
// the sum of max(z, 0) and the product of 1 + exp(-|z|) over the rows, of which there are at most 1,000.
void ck_sigmoid_rows(
    long lanes, long rows, double *scores, const double *weights, double *linear, double *product);

// IEEE half and bfloat16 (by their bits) to float32. Exact, subnormals and infinities too; NaN stays NaN.
void ck_half_to_float(const uint16_t *from, float *to, long count);
void ck_bfloat16_to_float(const uint16_t *from, float *to, long count);

#endif
