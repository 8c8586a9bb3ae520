// The checks of types are macros over the variadic calls, which Swift does not see anyway.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Swift calls no variadic function and sees no cast macro: one wrapper for each type of argument.

static inline CURLcode curl_start(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_headers(CURL *handle, struct curl_slist *lines) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines);
}

typedef size_t (*curl_receiver)(char *bytes, size_t size, size_t count, void *context);

/// What is called with each line of a head, and with each piece of a body.
static inline CURLcode curl_set_receivers(CURL *handle, curl_receiver head, curl_receiver body, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, head);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
    return code;
}

/// What is asked about once a second, or more often, whether to go on: 0 for yes.
static inline CURLcode curl_set_watcher(CURL *handle, curl_xferinfo_callback watcher, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, watcher);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context);
    return code;
}

/// Allows no protocol but https, and http if `plain` is not 0. Libraries before 7.85 know the older option alone, whose
/// numbers are part of the interface.
static inline CURLcode curl_set_protocols(CURL *handle, int plain) {
    const CURLoption protocols = (CURLoption)181; // CURLOPT_PROTOCOLS, which newer headers warn of
#if LIBCURL_VERSION_NUM >= 0x075500
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, plain ? "http,https" : "https");
    if (code != CURLE_UNKNOWN_OPTION) return code;
#endif
    return curl_easy_setopt(handle, protocols, (long)(plain ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS));
}
