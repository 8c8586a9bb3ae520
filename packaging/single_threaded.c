// Since 2.32 glibc tells by this variable that no other thread was ever started; the C++ library asks it to save atomic
// operations. So that the program runs with older ones too it has a variable of its own, which says nothing of the kind.
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;
