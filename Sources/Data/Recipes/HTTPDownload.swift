import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Gets one address into a partial file, from where the file stops if the server still has the same version.
struct HTTPDownload {
    let url: URL
    /// Seconds without a byte after which the server is given up.
    let timeout: Int
    /// Whether a checksum will tell the right file from any other, so that it does not matter how a server calls it.
    var isPinned = true
    /// Bytes received so far, of how many if the server says.
    let progress: @Sendable (Int, Int?) -> Void

    /// Requests for one address, redirects and a fresh start included; what browsers allow.
    static let maxRequests = 20
    /// More than any dataset or encoder we have a recipe for, less than a disk.
    static let maxBytes = 8 << 30

    /// - Throws: `FetchProblem`; what came so far stays in the file, but for a response that is no success.
    func run(into partial: PartialFile) async throws(FetchProblem) {
        guard url.isFetchable else { throw .insecureAddress(url) }
        var address = url
        for _ in 0..<Self.maxRequests {
            switch try await request(address, into: partial) {
            case .complete: return
            case .startAgain: try partial.restart(version: nil, from: url)
            case .redirect(let next):
                guard next.isFetchable, address.scheme == next.scheme || next.scheme == "https" else {
                    throw .insecureRedirect(from: address, to: next)
                }
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
        var request = URLRequest(
            url: address, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: TimeInterval(timeout))
        // Byte ranges and checksums are about the file itself, not about a compressed form of it.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        let version = partial.version(from: url)
        if let version {
            request.setValue("bytes=\(partial.count)-", forHTTPHeaderField: "Range")
            request.setValue(version, forHTTPHeaderField: "If-Range")
        }

        var total: Int?
        var isAnswered = false
        do {
            for try await event in HTTPExchange.events(request) {
                switch event {
                case .redirect(let next):
                    return .redirect(next)
                case .response(let response):
                    isAnswered = true
                    switch response.statusCode {
                    case 200:
                        if !isPinned, response.isWebPage, !url.isWebPage {
                            throw FetchProblem.webPage(address)
                        }
                        try partial.restart(version: response.version, from: url)
                        total = response.contentLength
                    case 206 where version != nil:
                        // Without its mark, the rest may be that of another version.
                        guard let range = response.contentRange, range.start == partial.count,
                            response.version == version
                        else { return .startAgain }
                        total = range.total ?? range.end.addingReportingOverflow(1).partialValue
                    case 416 where version != nil:
                        return .startAgain
                    default:
                        throw FetchProblem.httpStatus(address, status: response.statusCode)
                    }
                case .data(let data):
                    try partial.append(data)
                    if partial.count > Self.maxBytes {
                        throw FetchProblem.tooLarge(url, limit: Self.maxBytes)
                    }
                    progress(partial.count, total)
                }
            }
            // A stream ends without an error when its reader is cancelled.
            if Task.isCancelled { throw FetchProblem.cancelled }
            // Such as a redirect that does not say where to.
            if !isAnswered { throw FetchProblem.noFile(address) }
        } catch let problem as FetchProblem {
            throw problem
        } catch {
            throw problem(for: error, count: partial.count, total: total)
        }
        try partial.sync()
        if let total, partial.count != total { throw .truncated(url, expected: total, found: partial.count) }
        if !isPinned, partial.count == 0 { throw .noFile(address) }
        return .complete
    }

    private func problem(for error: any Error, count: Int, total: Int?) -> FetchProblem {
        switch (error as? URLError)?.code {
        case .cancelled where Task.isCancelled: return .cancelled
        case .timedOut: return .timedOut(url, seconds: timeout)
        default: break
        }
        if let total, count < total { return .truncated(url, expected: total, found: count) }
        return .unreachable(url, reason: error.localizedDescription)
    }
}

extension URL {
    fileprivate var isWebPage: Bool { ["html", "htm", "xhtml"].contains(pathExtension.lowercased()) }

    /// True for https, and for http on this machine.
    var isFetchable: Bool {
        guard let host = host?.lowercased(), !host.isEmpty else { return false }
        switch scheme?.lowercased() {
        case "https": return true
        case "http": return ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        default: return false
        }
    }
}

extension HTTPURLResponse {
    /// What `If-Range` may name: a strong ETag, else the date of the last change (RFC 9110, 13.1.5).
    fileprivate var version: String? {
        if let tag = value(forHTTPHeaderField: "ETag"), !tag.hasPrefix("W/") { return tag }
        return value(forHTTPHeaderField: "Last-Modified")
    }

    fileprivate var contentLength: Int? {
        value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) }
    }

    /// `Content-Range: bytes START-END/TOTAL`, where the total may be `*`.
    fileprivate var contentRange: (start: Int, end: Int, total: Int?)? {
        guard let text = value(forHTTPHeaderField: "Content-Range"),
            let match = text.wholeMatch(of: /bytes (\d+)-(\d+)\/(\d+|\*)/), let start = Int(match.1),
            let end = Int(match.2), end >= start
        else { return nil }
        return (start, end, Int(match.3))
    }

    /// What a portal or an error page is, instead of the data that was asked for.
    fileprivate var isWebPage: Bool {
        let type = value(forHTTPHeaderField: "Content-Type")?.lowercased() ?? ""
        return type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
    }
}
