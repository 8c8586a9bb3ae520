// Passes over a sparse matrix for two, four or eight models side by side, in double. Products and sums are never
// fused, so that a lane's bits are the same on every CPU and at every number of lanes.
#pragma clang fp contract(off)

typedef double d2x __attribute__((vector_size(16), aligned(8)));
typedef double d4x __attribute__((vector_size(32), aligned(8)));
typedef double d8x __attribute__((vector_size(64), aligned(8)));
typedef int64_t l2x __attribute__((vector_size(16), aligned(8)));
typedef int64_t l4x __attribute__((vector_size(32), aligned(8)));
typedef int64_t l8x __attribute__((vector_size(64), aligned(8)));

#define LANES_VECTOR d2x
#define LANES_MASK l2x
#define LANES_NAME(kernel) NAME(kernel##_2)
#include "sparse_pass_lanes.h"
#define LANES_VECTOR d4x
#define LANES_MASK l4x
#define LANES_NAME(kernel) NAME(kernel##_4)
#include "sparse_pass_lanes.h"
#define LANES_VECTOR d8x
#define LANES_MASK l8x
#define LANES_NAME(kernel) NAME(kernel##_8)
#include "sparse_pass_lanes.h"

void NAME(ck_sparse_scores)(
    long lanes, long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns,
    const double *values, const double *weights, const double *intercepts, double *scores) {
    if (lanes == 8)
        NAME(scores_8)(rows, ahead, order, offsets, columns, values, weights, intercepts, scores);
    else if (lanes == 4)
        NAME(scores_4)(rows, ahead, order, offsets, columns, values, weights, intercepts, scores);
    else
        NAME(scores_2)(rows, ahead, order, offsets, columns, values, weights, intercepts, scores);
}

void NAME(ck_sparse_sums)(
    long lanes, long rows, long ahead, const uint8_t *order, const long *offsets, const int32_t *columns,
    const double *values, const double *residuals, double *sums, double *total) {
    if (lanes == 8)
        NAME(sums_8)(rows, ahead, order, offsets, columns, values, residuals, sums, total);
    else if (lanes == 4)
        NAME(sums_4)(rows, ahead, order, offsets, columns, values, residuals, sums, total);
    else
        NAME(sums_2)(rows, ahead, order, offsets, columns, values, residuals, sums, total);
}

void NAME(ck_dot_lanes)(const double *a, const double *b, long count, double *lanes) {
    d8x sum = {0};
    for (long i = 0; i + 8 <= count; i += 8) sum += *(const d8x *)(a + i) * *(const d8x *)(b + i);
    *(d8x *)lanes = sum;
}

void NAME(ck_add_multiple)(double factor, const double *x, double *y, long count) {
    long i = 0;
    for (; i + 8 <= count; i += 8) *(d8x *)(y + i) += factor * *(const d8x *)(x + i);
    for (; i < count; i++) y[i] += factor * x[i];
}

void NAME(ck_quotient_and_multiple)(
    const double *x, double divisor, const double *y, double factor, double *sum, long count) {
    long i = 0;
    for (; i + 8 <= count; i += 8)
        *(d8x *)(sum + i) = *(const d8x *)(x + i) / divisor + factor * *(const d8x *)(y + i);
    for (; i < count; i++) sum[i] = x[i] / divisor + factor * y[i];
}

void NAME(ck_add_multiple_dot)(
    double factor, const double *x, double *y, const double *z, long count, double *lanes) {
    d8x sum = {0};
    long i = 0;
    for (; i + 8 <= count; i += 8) {
        const d8x moved = *(const d8x *)(y + i) + factor * *(const d8x *)(x + i);
        *(d8x *)(y + i) = moved;
        sum += *(const d8x *)(z + i) * moved;
    }
    for (; i < count; i++) y[i] += factor * x[i];
    *(d8x *)lanes = sum;
}

INLINE d8x NAME(larger)(d8x a, d8x b) {
    const l8x size = (l8x)b & INT64_MAX;
    const l8x is_larger = (l8x)((d8x)size > a);
    return (d8x)((is_larger & size) | (~is_larger & (l8x)a));
}

void NAME(ck_conjugate_move)(
    double length, const double *vector, const double *image, const double *inverse, double *solution, double *residual,
    long count, double *largest, double *squares) {
    d8x most = {0}, sum = {0};
    long i = 0;
    for (; i + 8 <= count; i += 8) {
        *(d8x *)(solution + i) += length * *(const d8x *)(vector + i);
        const d8x rest = *(const d8x *)(residual + i) - length * *(const d8x *)(image + i);
        *(d8x *)(residual + i) = rest;
        most = NAME(larger)(most, rest);
        sum += rest * (*(const d8x *)(inverse + i) * rest);
    }
    d8x last = {0}, squared = {0};
    for (long lane = 0; i < count; i++, lane++) {
        solution[i] += length * vector[i];
        residual[i] -= length * image[i];
        last[lane] = residual[i];
        squared[lane] = residual[i] * (inverse[i] * residual[i]);
    }
    *(d8x *)largest = NAME(larger)(most, last);
    *(d8x *)squares = sum + squared;
}

void NAME(ck_conjugate_turn)(double share, const double *inverse, const double *residual, double *vector, long count) {
    long i = 0;
    for (; i + 8 <= count; i += 8)
        *(d8x *)(vector + i) =
            *(const d8x *)(inverse + i) * *(const d8x *)(residual + i) + share * *(const d8x *)(vector + i);
    for (; i < count; i++) vector[i] = inverse[i] * residual[i] + share * vector[i];
}

void NAME(ck_hinge_rows)(long lanes, long rows, double *scores, const double *weights, double *losses) {
    if (lanes == 8)
        NAME(hinge_8)(rows, scores, weights, losses);
    else if (lanes == 4)
        NAME(hinge_4)(rows, scores, weights, losses);
    else
        NAME(hinge_2)(rows, scores, weights, losses);
}

void NAME(ck_sigmoid_rows)(
    long lanes, long rows, double *scores, const double *weights, double *linear, double *product) {
    if (lanes == 8)
        NAME(sigmoid_8)(rows, scores, weights, linear, product);
    else if (lanes == 4)
        NAME(sigmoid_4)(rows, scores, weights, linear, product);
    else
        NAME(sigmoid_2)(rows, scores, weights, linear, product);
}
