import Foundation

/// Where the certificates are by which servers are known.
///
/// libcurl knows the place of the system that it was built for; the program may run on another, and users name their own by
/// the variables that curl and OpenSSL read.
package struct CertificateStore: Equatable, Sendable {
    /// One file of all certificates; nil for libcurl's own.
    package let file: String?
    /// A folder of them, named by their hashes; nil for libcurl's own.
    package let folder: String?

    /// The files of Debian and Ubuntu, of Fedora and RHEL (old and new), of SUSE, and of Alpine and macOS.
    package static let files = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem",
        "/var/lib/ca-certificates/ca-bundle.pem", "/etc/ssl/cert.pem",
    ]

    /// - Parameters:
    ///   - environment: What it names is taken, be it there or not: who names a store wants no other.
    ///   - isThere: Whether a file can be read.
    package init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        isThere: (String) -> Bool = { FileManager.default.isReadableFile(atPath: $0) }
    ) {
        func named(_ variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
        folder = named("SSL_CERT_DIR")
        file =
            named("CURL_CA_BUNDLE") ?? named("SSL_CERT_FILE") ?? CertificateStore.files.first(where: isThere)
    }
}
