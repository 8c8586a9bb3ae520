#include "CBundle.h"

// The assembler finds the files by the search path of headers, which Package.swift sets to the top folder.
#ifdef __APPLE__
#define NAME(symbol) "_cb_" #symbol
#define SECTION ".const_data\n"
#else
#define NAME(symbol) "cb_" #symbol
#define SECTION ".section .rodata\n"
#endif

#define X(symbol, path)                                                                                      \
    __asm__(SECTION ".balign 16\n"                                                                           \
            ".globl " NAME(symbol) "\n" NAME(symbol) ":\n"                                                   \
            ".incbin \"" path "\"\n"                                                                         \
            ".globl " NAME(symbol##_end) "\n" NAME(symbol##_end) ":\n"                                       \
            ".byte 0\n"                                                                                      \
            ".text\n");                                                                                      \
    extern const unsigned char cb_##symbol[], cb_##symbol##_end[];
#include "files.h"
#undef X

#define X(symbol, path) {path, cb_##symbol, cb_##symbol##_end},
static const cb_file files[] = {
#include "files.h"
};
#undef X

const cb_file *cb_file_at(size_t index) { return &files[index]; }

size_t cb_file_count(void) { return sizeof files / sizeof files[0]; }
