INLINE float from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// The exponent is moved by a multiplication, which makes normal numbers of subnormal ones.
void NAME(ck_half_to_float)(const uint16_t *from, float *to, long count) {
    const float rebias = 0x1p112f;  // 2^(127 - 15)
    const uint32_t past_largest = 0x7C00u << 13;
    for (long i = 0; i < count; i++) {
        const uint32_t half = from[i];
        const uint32_t magnitude = (half & 0x7FFFu) << 13;
        const float finite = from_bits(magnitude) * rebias;
        uint32_t bits;
        memcpy(&bits, &finite, sizeof bits);
        bits = magnitude >= past_largest ? magnitude | 0x7F800000u : bits;
        to[i] = from_bits(bits | (half & 0x8000u) << 16);
    }
}

void NAME(ck_bfloat16_to_float)(const uint16_t *from, float *to, long count) {
    for (long i = 0; i < count; i++) to[i] = from_bits((uint32_t)from[i] << 16);
}
