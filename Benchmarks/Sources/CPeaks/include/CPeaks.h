#ifndef CPEAKS_H
#define CPEAKS_H

// The most multiplications and additions a second, in billions, that one core does in registers alone, by the widest
// instructions that it has. 0 where there is no instruction of the kind.

// Fused multiply-adds of float32.
double peak_f32(double seconds);
// Pairs of bfloat16 with float32 sums.
double peak_bf16(double seconds);
// Bytes, four at a time, with sums of 32 bits.
double peak_int8(double seconds);

#endif
