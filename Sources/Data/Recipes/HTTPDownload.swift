import Foundation

/// Gets one address into a partial file, from where the file stops if the server still has the same version.
package struct HTTPDownload {
    let url: URL
    /// Seconds without a byte after which the server is given up.
    let timeout: Int
    /// Whether a checksum will tell the right file from any other, so that it does not matter how a server calls it.
    var isPinned = true
    var maxBytes = HTTPDownload.defaultMaxBytes
    /// A line that the server of `url` is sent, and no other.
    var authorization: String?
    /// Bytes received so far, of how many if the server says.
    let progress: @Sendable (Int, Int?) -> Void

    /// Requests for one address, redirects and a fresh start included; what browsers allow.
    static let maxRequests = 20
    /// More than any dataset or encoder we have a recipe for, less than a disk.
    package static let defaultMaxBytes = 8 << 30

    /// - Throws: `FetchProblem`; what came so far stays in the file, but for a response that is no success.
    func run(into partial: PartialFile) async throws(FetchProblem) {
        guard url.isFetchable else { throw .insecureAddress(url) }
        var address = url
        for _ in 0..<Self.maxRequests {
            switch try await request(address, into: partial) {
            case .complete: return
            case .startAgain: try partial.restart(version: nil, from: url)
            case .redirect(let next):
                try address.checkRedirect(to: next)
                address = next
            }
        }
        throw .tooManyRedirects(url)
    }

    private enum Outcome {
        case complete
        case redirect(URL)
        /// The server cannot go on where the file stops.
        case startAgain
    }

    private func request(_ address: URL, into partial: PartialFile) async throws(FetchProblem) -> Outcome {
        var request = HTTPRequest(url: address, timeout: timeout)
        // Byte ranges and checksums are about the file itself, not about a compressed form of it.
        request.headers = ["Accept-Encoding: identity"] + url.authorization(authorization, at: address)
        // What is no value of a field, in a note that was damaged, is not sent.
        let version = partial.version(from: url).flatMap { $0.isFieldValue ? $0 : nil }
        if let version {
            request.headers += ["Range: bytes=\(partial.count)-", "If-Range: \(version)"]
        }

        var total: Int?
        var isAnswered = false
        do {
            for try await event in HTTPExchange.events(request) {
                switch event {
                case .redirect(let next, _):
                    return .redirect(next)
                case .response(let response):
                    isAnswered = true
                    if let problem = self.problem(of: response, at: address) { throw problem }
                    switch response.status {
                    case 200:
                        try partial.restart(version: response.version, from: url)
                        total = try response.contentLength
                    case 206 where version != nil:
                        // Without its mark, the rest may be that of another version.
                        guard let range = response.contentRange, range.start == partial.count,
                            response.version == version
                        else { return .startAgain }
                        total = range.total ?? range.end.addingReportingOverflow(1).partialValue
                    case 416 where version != nil:
                        return .startAgain
                    case 429,
                        503 where response.status == 429 || response.secondsToWait != nil:
                        throw FetchProblem.busyServer(
                            address, status: response.status, wait: response.secondsToWait)
                    default:
                        throw FetchProblem.httpStatus(address, status: response.status)
                    }
                    if let total, total > maxBytes { throw FetchProblem.tooLarge(url, limit: maxBytes) }
                case .data(let data):
                    try partial.append(data)
                    if partial.count > maxBytes { throw FetchProblem.tooLarge(url, limit: maxBytes) }
                    progress(partial.count, total)
                }
            }
            // A stream ends without an error when its reader is cancelled.
            if Task.isCancelled { throw FetchProblem.cancelled }
            // Such as a head without an end.
            if !isAnswered { throw FetchProblem.noFile(address) }
        } catch let problem as FetchProblem {
            throw problem
        } catch {
            throw problem(for: error, at: address, count: partial.count, total: total)
        }
        try partial.sync()
        if let total, partial.count != total { throw .truncated(url, expected: total, found: partial.count) }
        if !isPinned, partial.count == 0 { throw .noFile(address) }
        return .complete
    }

    /// Why an answer holds no file; nil where it may.
    private func problem(of response: HTTPResponse, at address: URL) -> FetchProblem? {
        // Where it leads to would have been followed.
        if response.isRedirect { return .noFile(address) }
        // A checksum tells what it is that came.
        guard !isPinned, [200, 206].contains(response.status) else { return nil }
        if response.isWebPage, !url.isWebPage { return .webPage(address) }
        if let encoding = response.encoding, !url.isCompressed {
            return .encoded(address, encoding: encoding)
        }
        return nil
    }

    private func problem(for error: any Error, at address: URL, count: Int, total: Int?) -> FetchProblem {
        switch error as? HTTPFailure {
        case .timedOut: return .timedOut(url, seconds: timeout)
        case .badHead(let found): return .badAnswer(address, found: found)
        case .failed(let reason):
            if let total, count < total { return .truncated(url, expected: total, found: count) }
            return .unreachable(url, reason: reason)
        case nil: return Task.isCancelled ? .cancelled : .unreachable(url, reason: error.localizedDescription)
        }
    }
}

extension URL {
    fileprivate var isWebPage: Bool { ["html", "htm", "xhtml"].contains(pathExtension.lowercased()) }

    /// True for https, and for http on this machine.
    var isFetchable: Bool {
        switch scheme?.lowercased() {
        case "https": host?.isEmpty == false
        case "http": isOnThisMachine
        default: false
        }
    }

    /// - Throws: `FetchProblem.insecureRedirect`.
    func checkRedirect(to next: URL) throws(FetchProblem) {
        guard next.isFetchable, scheme == next.scheme || next.scheme == "https" else {
            throw .insecureRedirect(from: self, to: next)
        }
    }

    /// A line for this address's server alone: none at another's address.
    func authorization(_ line: String?, at address: URL) -> [String] {
        let isSameServer = (scheme, host, port) == (address.scheme, address.host, address.port)
        return isSameServer ? [line].compactMap(\.self) : []
    }

    var isOnThisMachine: Bool {
        ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host?.lowercased())
    }

    /// Whether the file itself is compressed, which servers may call the encoding of what is in it.
    fileprivate var isCompressed: Bool {
        ["gz", "tgz", "bz2", "xz", "zst", "br", "z"].contains(pathExtension.lowercased())
    }
}

extension String {
    /// No control characters, which could end a field or begin another.
    fileprivate var isFieldValue: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
}

extension HTTPResponse {
    /// `Retry-After`, where it is a count of seconds.
    var secondsToWait: Int? { self["Retry-After"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// What `If-Range` may name: a strong ETag, else the date of the last change (RFC 9110, 13.1.5).
    fileprivate var version: String? {
        if let tag = self["ETag"], !tag.hasPrefix("W/") { return tag }
        return self["Last-Modified"]
    }

    /// - Throws: `HTTPFailure.badHead` for what is no length, or several of them.
    fileprivate var contentLength: Int? {
        get throws(HTTPFailure) {
            guard let text = self["Content-Length"] else { return nil }
            guard let length = Int(text), length >= 0 else {
                throw .badHead("Content-Length \(text.prefix(40))")
            }
            return length
        }
    }

    /// `Content-Range: bytes START-END/TOTAL`, where the total may be `*`.
    fileprivate var contentRange: (start: Int, end: Int, total: Int?)? {
        guard let text = self["Content-Range"],
            let match = text.wholeMatch(of: /bytes (\d+)-(\d+)\/(\d+|\*)/), let start = Int(match.1),
            let end = Int(match.2), end >= start
        else { return nil }
        return (start, end, Int(match.3))
    }

    /// A compression that nobody asked for.
    fileprivate var encoding: String? {
        self["Content-Encoding"].flatMap { ["", "identity"].contains($0.lowercased()) ? nil : $0 }
    }

    /// What a portal or an error page is, instead of the data that was asked for.
    fileprivate var isWebPage: Bool {
        let type = self["Content-Type"]?.lowercased() ?? ""
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
    }
}
