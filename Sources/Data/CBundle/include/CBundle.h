#ifndef C_BUNDLE_H
#define C_BUNDLE_H

#include <stddef.h>

/// A file of `datasets/`, `experiments/` or the page in the browser that the program carries.
typedef struct {
    /// From the top folder, such as `datasets/front-desk/messages.csv`.
    const char *path;
    const unsigned char *begin;
    /// Behind the last byte.
    const unsigned char *end;
} cb_file;

/// The files in the order of their paths, counted from 0.
const cb_file *cb_file_at(size_t index);
size_t cb_file_count(void);

#endif
