// Numbers in fewer bits: of the left factor of a product row by row, of the right one panel by panel.

// The nearest bfloat16 as the upper half of each word; ties to even. NaN stays NaN.
INLINE u16x to_bf16_16(f16x x) {
    const u16x bits = (u16x)x;
    const u16x rounded = bits + 0x7FFFu + ((bits >> 16) & 1u);
    const u16x quiet = bits | 0x00400000u;
    const u16x is_number = (u16x)(x == x);
    return ((rounded & is_number) | (quiet & ~is_number)) & 0xFFFF0000u;
}

INLINE uint32_t to_bf16(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return x == x ? (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16 : (bits | 0x00400000u) >> 16;
}

typedef uint16_t h16x __attribute__((vector_size(32), aligned(2)));

void NAME(ck_rows_to_bf16_pairs)(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns) {
    for (long r = 0; r < rows; r++, x += x_stride, y += y_stride) {
        uint16_t *to = (uint16_t *)y;
        long i = 0;
        for (; i + WIDTH <= columns; i += WIDTH)
            *(h16x *)(to + i) = __builtin_convertvector(to_bf16_16(load(x + i)) >> 16, h16x);
        for (; i < columns; i++) to[i] = (uint16_t)to_bf16(x[i]);
        if (columns & 1) to[columns] = 0;
    }
}

void NAME(ck_rows_to_bf16_floats)(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns) {
    const long even = (columns + 1) / 2 * 2;
    for (long r = 0; r < rows; r++, x += x_stride, y += y_stride) {
        float *to = (float *)y;
        EACH_PART(
            even, const long left = columns - at;
            const f16x rounded = (f16x)to_bf16_16(left >= WIDTH ? load(x + at) : load_part(x + at, left, 0));
            PUT(to, __builtin_shufflevector(rounded, rounded, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)))
    }
}

// Does something with each part of each pair of rows of x, whose nearest bfloat16 are `first` and `second`; 0 past the last row.
#define EACH_ROW_PAIR(...)                                                    \
    for (long r = 0; r < rows; r += 2, x += 2 * x_stride, y += y_stride) {    \
        const float *next = x + x_stride;                                     \
        const int isWhole = r + 1 < rows;                                     \
        EACH_PART(                                                            \
            columns, const u16x first = to_bf16_16(PART(x, 0)),               \
                     second = isWhole ? to_bf16_16(PART(next, 0)) : (u16x){0}; \
            __VA_ARGS__)                                                      \
    }

void NAME(ck_row_pairs_to_bf16)(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns) {
    EACH_ROW_PAIR(PUT((float *)y, (f16x)(first >> 16 | second)))
}

// As floats already, the second of a pair before the first.
void NAME(ck_row_pairs_to_bf16_floats)(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns) {
    EACH_ROW_PAIR(
        const u16x pairs[2] = {
            __builtin_shufflevector(second, first, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
            __builtin_shufflevector(second, first, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)};
        memcpy(y + 2 * at, pairs, 2 * (unsigned long)part * sizeof *y))
}
#undef EACH_ROW_PAIR

void NAME(ck_pack_bf16)(const float *b, long b_row, long rows, long depth, uint16_t *panel) {
    const long pairs = (depth + 1) / 2;
    for (long r = 0; r < CK_PANEL; r++)
        for (long p = 0; p < pairs; p++) {
            const float *from = b + r * b_row + 2 * p;
            uint16_t *to = panel + (p * CK_PANEL + r) * 2;
            to[0] = r < rows ? (uint16_t)to_bf16(from[0]) : 0;
            to[1] = r < rows && 2 * p + 1 < depth ? (uint16_t)to_bf16(from[1]) : 0;
        }
}

// 1.5 * 2^23: a number added to it is rounded to an integer, which is then in the low bits.
#define ROUNDING 12582912.0f

enum { GROUP_PARTS = CK_INT8_GROUP / WIDTH };

// The scale that makes `count` numbers, of at most a group, integers of at most `most`, and in `parts` the numbers, 0 after
// them. 0 for numbers within 1e-30 * most of 0. NaN where one is infinite or none; the numbers in `parts` are then 0.
INLINE float group_scale(const float *x, long count, float most, f16x parts[GROUP_PARTS]) {
    i16x largest = {0};
#pragma clang loop unroll(full)
    for (int i = 0; i < GROUP_PARTS; i++) {
        const long left = count - i * WIDTH;
        parts[i] = left >= WIDTH ? load(x + i * WIDTH) : left > 0 ? load_part(x + i * WIDTH, left, 0) : broadcast(0);
        // Magnitudes are ordered as their bits are, with those of infinity and NaN above all others.
        const i16x magnitude = (i16x)parts[i] & 0x7FFFFFFF;
        largest = __builtin_elementwise_max(largest, magnitude);
    }
    const int32_t bits = __builtin_reduce_max(largest);
    float magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    if (bits >= 0x7F800000) {
        for (int i = 0; i < GROUP_PARTS; i++) parts[i] = broadcast(0);
        return __builtin_nanf("");
    }
    const float scale = magnitude / most;
    return scale >= 1e-30f ? scale : 0;
}

INLINE float inverse_of(float scale) { return scale > 0 ? 1.0f / scale : 0; }

INLINE i16x nearest_integers(f16x x, float factor) {
    const f16x shifted = fma16(x, broadcast(factor), broadcast(ROUNDING));
    return (i16x)shifted - (i16x)broadcast(ROUNDING);
}

typedef int8_t c16x __attribute__((vector_size(16), aligned(1)));
typedef int16_t s16x __attribute__((vector_size(32), aligned(2)));

// The most that a whole number of one byte is, and one of two: 127 * 256 + 127.
#define MOST(planes) ((planes) == 1 ? 127.0f : 32639.0f)

void NAME(ck_rows_to_int8_bytes)(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns, long planes) {
    for (long r = 0; r < rows; r++, x += x_stride, y += y_stride) {
        uint32_t *to = y;
        for (long start = 0; start < columns; start += CK_INT8_GROUP) {
            f16x parts[GROUP_PARTS];
            const float scale = group_scale(x + start, columns - start, MOST(planes), parts), factor = inverse_of(scale);
            i16x upper_sum = {0}, lower_sum = {0};
            int8_t *bytes = (int8_t *)(to + CK_INT8_HEADER);
#pragma clang loop unroll(full)
            for (int i = 0; i < GROUP_PARTS; i++) {
                const i16x q = nearest_integers(parts[i], factor);
                const i16x upper = planes == 1 ? q : (q + 128) >> 8;
                upper_sum += upper;
                *(c16x *)(bytes + i * WIDTH) = __builtin_convertvector(upper, c16x);
                if (planes == 2) {
                    const i16x lower = q - (upper << 8);
                    lower_sum += lower;
                    *(c16x *)(bytes + CK_INT8_GROUP + i * WIDTH) = __builtin_convertvector(lower, c16x);
                }
            }
            memcpy(to, &scale, sizeof scale);
            to[1] = (uint32_t)(-CK_INT8_ZERO * __builtin_reduce_add(upper_sum));
            to[2] = (uint32_t)(-CK_INT8_ZERO * __builtin_reduce_add(lower_sum));
            to += CK_INT8_HEADER + planes * CK_INT8_GROUP / 4;
        }
    }
}

void NAME(ck_rows_to_int8_words)(
    const float *x, long x_stride, uint32_t *y, long y_stride, long rows, long columns, long planes) {
    for (long r = 0; r < rows; r++, x += x_stride, y += y_stride) {
        uint32_t *to = y;
        for (long start = 0; start < columns; start += CK_INT8_GROUP, to += CK_INT8_HEADER + CK_INT8_GROUP / 2) {
            f16x parts[GROUP_PARTS];
            const float scale = group_scale(x + start, columns - start, MOST(planes), parts), factor = inverse_of(scale);
            i16x sum = {0};
            int16_t *words = (int16_t *)(to + CK_INT8_HEADER);
#pragma clang loop unroll(full)
            for (int i = 0; i < GROUP_PARTS; i++) {
                const i16x q = nearest_integers(parts[i], factor);
                sum += q;
                *(s16x *)(words + i * WIDTH) = __builtin_convertvector(
                    __builtin_shufflevector(q, q, 0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15), s16x);
            }
            memcpy(to, &scale, sizeof scale);
            to[1] = (uint32_t)(-CK_INT8_ZERO * __builtin_reduce_add(sum));
        }
    }
}

void NAME(ck_pack_int8)(const float *b, long b_row, long rows, long depth, uint8_t *panel) {
    for (long start = 0; start < depth; start += CK_INT8_GROUP, panel += (CK_INT8_GROUP + 4) * CK_PANEL) {
        float *scales = (float *)panel;
        uint8_t *to = panel + 4 * CK_PANEL;
        for (long r = 0; r < CK_PANEL; r++) {
            int32_t q[CK_INT8_GROUP] = {0};
            scales[r] = 0;
            if (r < rows) {
                f16x parts[GROUP_PARTS];
                scales[r] = group_scale(b + r * b_row + start, depth - start, 127.0f, parts);
                for (int i = 0; i < GROUP_PARTS; i++)
                    *(i16x *)(q + i * WIDTH) = nearest_integers(parts[i], inverse_of(scales[r]));
            }
            for (long k = 0; k < CK_INT8_GROUP; k++)
                to[(k / 4 * CK_PANEL + r) * 4 + k % 4] = (uint8_t)(q[k] + CK_INT8_ZERO);
        }
    }
}
