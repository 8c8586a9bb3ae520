#include <snappy-c.h>
#include <zlib.h>
#include <zstd.h>
