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

// The same of numbers in bfloat16 with float32 sums. A unit of B is a pair of numbers that follow each other in depth, the first
// in its lower half; `depth` counts pairs. A is as `ck_rows_to_bf16` makes it, and `a_depth` is ck_bf16_left_units().
//
// For each pair the second product is added to the sum first, then the first; each addition is rounded to the nearest float32,
// ties to even. What is below the normal range, of the numbers, the start and every sum, counts as 0. These are the bits of the
// instruction VDPBF16PS; without fused multiply-add they are the same but where a product alone is outside the normal range.
void ck_panel_product_bf16(
    long rows, long depth, const uint32_t *a, long a_row, long a_depth, const uint32_t *b, long b_depth,
    const float *start, long start_row, float *c, long c_row);

// Units of four bytes for a pair of A's numbers.
long ck_bf16_left_units(void);

// The nearest bfloat16 of each number, ties to even, as this CPU's product reads them. y has rows of `y_stride` units, one pair
// after another; an odd row is followed by a zero.
void ck_rows_to_bf16(const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns);

// y[p, c] = the pair of the nearest bfloat16 of x[2p, c] and x[2p + 1, c], the first in its lower half, 0 past the last row: the
// right factor of a product whose depth runs along the rows of x.
void ck_row_pairs_to_bf16(const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns);

// The same as a left factor, transposed: y[p, c] are ck_bf16_left_units() units.
void ck_row_pairs_to_bf16_left(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns);

// panel[k / 2, r, k % 2] = the nearest bfloat16 of b[r, k] for `rows` <= CK_PANEL rows; 0 for the other r, and to make
// whole pairs.
void ck_pack_bf16(const float *b, long b_row, long rows, long depth, uint16_t *panel);

// Numbers of the depth that have one scale, where they are bytes.
#define CK_INT8_GROUP 64
// Units of four bytes before a group of the left factor: its scale (float), what the sums of its bytes, or its upper bytes,
// start from, what is added for its lower bytes (int32_t), and nothing.
#define CK_INT8_HEADER 4
// What the right factor's bytes have too much, so that none is below 0. The starts take it off.
#define CK_INT8_ZERO 128

// The product of bytes, A's with a sign and B's without one, as `ck_rows_to_int8` and `ck_pack_int8` make them; `depth` counts
// groups, and `a_depth` is the number of A's bytes for each number. The sum of a group is exact, and is added to C as a
// float: C[r, j] = start[r, j], and for every group in order C[r, j] += (sum * scale of B's column) * scale of A's row, which is one
// multiplication and one multiply-add.
void ck_panel_product_int8(
    long rows, long depth, const uint32_t *a, long a_row, long a_depth, const uint32_t *b, long b_depth,
    const float *start, long start_row, float *c, long c_row);

// Units of four bytes for a group of A's numbers.
long ck_int8_left_units(long planes);

// Each group of a row as whole numbers q of at most 127, with x = scale * q to half a scale: scale is the group's largest
// magnitude / 127. With two planes they are of at most 32639: two bytes, q = 256 * upper + lower. A group whose scale would be
// less than 1e-30 has scale 0; one that holds a number which is infinite or none has scale NaN.
//
// y has rows of `y_stride` units, one group after another as this CPU's product reads them, with zeros to make the last whole.
void ck_rows_to_int8(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns, long planes);

// The panel of `rows` <= CK_PANEL rows of b, for each group of the depth: CK_PANEL scales (float), and bytes
// [k / 4, r, k % 4] = CK_INT8_ZERO + the whole number of b[r, k], as in `ck_rows_to_int8` with one plane. Numbers that are not
// there count as 0.
void ck_pack_int8(const float *b, long b_row, long rows, long depth, uint8_t *panel);

// panel[k, r] = b[r, k] for `rows` <= CK_PANEL rows of `depth` elements, `b_row` apart; 0 for the other r.
void ck_pack_transposed(const float *b, long b_row, long rows, long depth, float *panel);

// Every panel of a product's transposed right factor: panel[32 t + k, r] = tiles[t][r, k] for `count` tiles of 32 x 32,
// `tile_step` apart.
void ck_transpose_panel(const float *tiles, long tile_step, long count, float *panel);

// panel[r, i] = b[r, i] for `rows` rows of CK_PANEL elements, `b_row` apart.
void ck_copy_panel(const float *b, long b_row, long rows, float *panel);

// Activations of `rows` rows of `columns` elements; y may be x. NaN stays NaN.
//
// x * (1 + erf(x / sqrt 2)) / 2. Error at most 4e-7 * max(1, |x|).
void ck_gelu_erf(const float *x, long x_stride, float *y, long y_stride, long rows, long columns);
// x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2. Error at most 4e-7 * max(1, |x|).
void ck_gelu_tanh(const float *x, long x_stride, float *y, long y_stride, long rows, long columns);
// max(x, 0). Exact.
void ck_relu(const float *x, long x_stride, float *y, long y_stride, long rows, long columns);
// tanh x. Error at most 3e-7.
void ck_tanh(const float *x, long x_stride, float *y, long y_stride, long rows, long columns);

// d is multiplied by the activation's derivative at x; for tanh by 1 - x^2, x being its value. Error of the
// derivative at most 6e-7. The derivative of relu at 0 is 0.
void ck_gelu_erf_backward(const float *x, long x_stride, float *d, long d_stride, long rows, long columns);
void ck_gelu_tanh_backward(const float *x, long x_stride, float *d, long d_stride, long rows, long columns);
void ck_relu_backward(const float *x, long x_stride, float *d, long d_stride, long rows, long columns);
void ck_tanh_backward(const float *x, long x_stride, float *d, long d_stride, long rows, long columns);

// Each row becomes exp(scale * x - max) / sum, for `rows` rows of `columns` elements, `stride` apart; columns >= 1.
// Rows are padded: up to the next multiple of 16 columns, elements are read and become 0.
// Error at most 8 ulps or 1e-30. A row that holds NaN becomes all NaN.
void ck_softmax_rows(float *x, long rows, long columns, long stride, float scale);

// Of p = softmax(scale * x) and d = the gradient of p, d becomes that of x: scale * p * (d - sum of d * p).
void ck_softmax_backward_rows(
    const float *p, long p_stride, float *d, long d_stride, long rows, long columns, float scale);

// z = x + residual, y = (z - mean) / sqrt(variance + epsilon) * gain + shift for each row; `residual` may be null,
// `sums` (z) may be x, and y may be either. The variance is that of the population, of deviations from the mean.
// Error at most 8 ulps of the largest |gain * normalised value| + |shift| in the row.
void ck_layer_norm_rows(
    const float *x, long x_stride, const float *residual, long residual_stride, float *sums, long sums_stride,
    const float *gain, const float *shift, float epsilon, float *y, long y_stride, long rows, long columns);

// d, the gradient of y, becomes that of z; the gradients of gain and shift are added to.
void ck_layer_norm_backward_rows(
    const float *z, long z_stride, const float *gain, float epsilon, float *d, long d_stride, float *d_gain,
    float *d_shift, long rows, long columns);

// x[r, c] becomes 0 if its random number is below `threshold`, else x[r, c] * scale. The number of row r and column
// c = 64 g + 16 w + l is word w of Philox4x32-10's block for the counter (16 g + l, first_row + r * row_step, site, step)
// and `key`, two words.
void ck_dropout_rows(
    float *x, long rows, long columns, long stride, uint32_t threshold, float scale, const uint32_t *key,
    uint32_t step, uint32_t site, uint32_t first_row, uint32_t row_step);

// A step of AdamW with g = gradient_scale * gradient (0 if null): m += share1 (g - m); v = beta2 v + share2 g^2;
// w = w * decay - rate * m / (sqrt(v) / root + epsilon). The shares are 1 - beta1 and 1 - beta2, subtracted before they
// are rounded to float32: 1 less the float32 that is nearest to 0.999 is 1.3e-5 off 0.001.
void ck_adamw(
    float *w, const float *gradient, float *m, float *v, long count, float gradient_scale, float decay,
    float share1, float beta2, float share2, float rate, float root, float epsilon);

// sums[c] += x[0, c] + x[1, c] + ..., in this order.
void ck_add_column_sums(const float *x, long x_stride, float *sums, long rows, long columns);

// y += x, row by row; strides may be negative, and rows of y may overlap.
void ck_add_rows(const float *x, long x_stride, float *y, long y_stride, long rows, long columns);

// z = x * y, element by element; z may be x or y.
void ck_multiply_rows(
    const float *x, long x_stride, const float *y, long y_stride, float *z, long z_stride, long rows, long columns);

// The sum of squares, in float32 over 4,096 elements each, and of those in Double.
double ck_sum_of_squares(const float *x, long count);

// exp x, in place. At most 2 ulps; 0 below -87.33, infinite above 88.72.
void ck_exp(float *x, long count);

// A pass over rows of a sparse matrix (CSR) for 2, 4 or 8 models side by side, in double: `lanes` values for each
// column, row or model. Row r holds values[i] in columns[i] for i from offsets[r] up to
// offsets[r + 1], and its scores and residuals stand in row order[r] of theirs, so that rows may be sorted: if those of
// equal length follow each other, the CPU foresees the ends of the loops over them, which are short.
// Nothing is fused or reordered: the bits are the same on every CPU. The weights or sums of the row `ahead` rows further on
// are prefetched, which pays where they are more than a core's cache holds; those of none where `ahead` is 0.
//
// scores[order[r]] = intercepts + sum over i of values[i] * weights[columns[i]].
void ck_sparse_scores(
    long lanes, long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns,
    const double *values, const double *weights, const double *intercepts, double *scores);
// sums[columns[i]] += values[i] * residuals[order[r]] for every value, and total += residuals[order[r]] for every row.
void ck_sparse_sums(
    long lanes, long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns,
    const double *values, const double *residuals, double *sums, double *total);
// lanes[j] = sum over i of a[8 i + j] * b[8 i + j], for count / 8 values of i. Not fused.
void ck_dot_lanes(const double *a, const double *b, long count, double *lanes);
// sum = x / divisor + factor * y. Not fused.
void ck_quotient_and_multiple(
    const double *x, double divisor, const double *y, double factor, double *sum, long count);
// y += factor * x. Not fused.
void ck_add_multiple(double factor, const double *x, double *y, long count);
// y += factor * x, and then the lanes of z and y as by `ck_dot_lanes`. Not fused.
void ck_add_multiple_dot(double factor, const double *x, double *y, const double *z, long count, double *lanes);
// A step of conjugate gradients: solution += length * vector and residual -= length * image. Lane j of `largest` and `squares`
// becomes the largest |residual[8 i + j]|, NaN passed over, and the sum of their squares times `inverse`. Not fused.
void ck_conjugate_move(
    double length, const double *vector, const double *image, const double *inverse, double *solution, double *residual,
    long count, double *largest, double *squares);
// vector = inverse * residual + share * vector. Not fused.
void ck_conjugate_turn(double share, const double *inverse, const double *residual, double *vector, long count);
// Each score z becomes weights / (1 + exp(-z)), within a few ulps and without overflow. `linear` and `product` become
// the sum of max(z, 0) and the product of 1 + exp(-|z|) over the rows, of which there are at most 1,000.
void ck_sigmoid_rows(
    long lanes, long rows, double *scores, const double *weights, double *linear, double *product);
// Each score z becomes 2 * weights * v with v = max(0, 1 + z), and `losses` the sum of weights * v^2 over the rows: the
// squared hinge loss of rows that are all negative, and its derivatives. A NaN stays NaN.
void ck_hinge_rows(long lanes, long rows, double *scores, const double *weights, double *losses);

// sum = the sum of some rows of a table, in their order. `next` are rows that are wanted soon. `width` is a multiple of 8.
void ck_sum_table_rows(
    const float *table, long width, const int32_t *rows, long count, const int32_t *next, long next_count, float *sum);
// Each of some rows += change, one after another; a row that is there twice gets it twice.
void ck_add_to_table_rows(float *table, long width, const int32_t *rows, long count, const float *change);

// IEEE half and bfloat16 (by their bits) to float32. Exact, subnormals and infinities too; NaN stays NaN.
void ck_half_to_float(const uint16_t *from, float *to, long count);
void ck_bfloat16_to_float(const uint16_t *from, float *to, long count);

// Whether a multiply-add is rounded once, as it is but in the baseline kernels for x86-64.
int ck_fuses_multiply_add(void);

// What BAKEOFF_INSTRUCTIONS says, if it is none of the names that it may have: baseline, avx2, avx512.
const char *ck_unknown_instructions(void);

#endif
