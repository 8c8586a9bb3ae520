import Foundation
import SafeFiles

/// Asks the hub: what a repository holds, what a file is, and for its bytes.
struct HubClient: Sendable {
    let environment: HubEnvironment
    /// Seconds without a byte after which the server is given up.
    let timeout: Int
    /// Waits that many seconds.
    let sleep: @Sendable (Int) async throws -> Void

    /// Bytes of a listing, at most: repositories of 100,000 files have 20 MB.
    private static let maxListing = 64 << 20
    /// Times that a busy server is asked, and seconds that are waited for it in all.
    private static let maxTries = 5
    private static let maxWait = 300

    // MARK: Questions

    func listing(of name: HubName) async throws(FetchProblem) -> HubListing {
        let address = try url(
            "api", name.kind.rawValue, name.repository, "revision", escaped(name.askedRevision)
        )
        .appending(queryItems: [URLQueryItem(name: "blobs", value: "true")])
        let (response, body) = try await patiently { () async throws(FetchProblem) in
            try await answer(HTTPRequest(url: address, timeout: timeout), of: name) { _ in false }
        }
        try check(response, at: address, of: name)
        guard let listing = HubListing(body) else {
            throw .badAnswer(address, found: "no listing of a repository")
        }
        return listing
    }

    /// What the hub says of one file, where the listing did not.
    func file(_ entry: HubListing.Entry, of name: HubName, at commit: String) async throws(FetchProblem)
        -> HubFile
    {
        if let digest = entry.digest { return HubFile(path: entry.path, size: entry.size, digest: digest) }
        let address = try self.address(of: entry.path, name, commit)
        let (response, _) = try await patiently { () async throws(FetchProblem) in
            try await answer(HTTPRequest(url: address, isForHead: true, timeout: timeout), of: name) {
                // Large files are elsewhere; what they are is said here.
                $0["X-Linked-Etag"] != nil
            }
        }
        if !response.isRedirect { try check(response, at: address, of: name) }
        if let found = response["X-Repo-Commit"], found != commit {
            throw .badAnswer(address, found: "commit \(found.prefix(40)) instead of \(commit)")
        }
        guard let digest = (response["X-Linked-Etag"] ?? response["ETag"]).flatMap(HubDigest.init(tag:))
        else {
            throw .badAnswer(address, found: "no ETag that is a SHA-256 or a digest of git")
        }
        return HubFile(path: entry.path, size: response["X-Linked-Size"].flatMap { Int($0) }, digest: digest)
    }

    /// Gets the bytes of a file, from where the partial file stops.
    func download(
        _ file: HubFile, of name: HubName, at commit: String, into partial: PartialFile,
        progress: @escaping @Sendable (Int, Int?) -> Void
    ) async throws(FetchProblem) {
        let address = try self.address(of: file.path, name, commit)
        try await patiently { () async throws(FetchProblem) in
            do throws(FetchProblem) {
                var download = HTTPDownload(url: address, timeout: timeout) { progress($0, $1 ?? file.size) }
                download.authorization = authorization
                try await download.run(into: partial)
            } catch .httpStatus(_, let status) where [401, 403, 404].contains(status) {
                throw .refusedByHub(name.description, status: status, hasToken: environment.token != nil)
            }
        }
    }

    // MARK: Addresses

    private func address(of path: String, _ name: HubName, _ commit: String) throws(FetchProblem) -> URL {
        let prefix = name.kind == .model ? [] : [name.kind.rawValue]
        return try url(
            prefix + [
                name.repository, "resolve", commit,
                path.split(separator: "/").map { escaped(String($0)) }.joined(separator: "/"),
            ])
    }

    private func url(_ parts: String...) throws(FetchProblem) -> URL { try url(parts) }

    private func url(_ parts: [String]) throws(FetchProblem) -> URL {
        let text = ([environment.endpoint.absoluteString] + parts).joined(separator: "/")
        guard let url = URL(string: text), url.isFetchable else {
            throw .insecureAddress(environment.endpoint)
        }
        return url
    }

    private func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .urlSegment) ?? text
    }

    private var authorization: String? { environment.token.map { "Authorization: Bearer \($0)" } }

    // MARK: Answers

    /// Follows redirects to the head and the body of an answer, whatever its status.
    /// - Parameter isEnough: Whether what a redirect itself says is what was asked for.
    private func answer(
        _ request: HTTPRequest, of name: HubName, isEnough: (HTTPResponse) -> Bool
    ) async throws(FetchProblem) -> (HTTPResponse, Data) {
        var address = request.url
        for _ in 0..<HTTPDownload.maxRequests {
            var own = HTTPRequest(url: address, isForHead: request.isForHead, timeout: request.timeout)
            own.headers =
                ["Accept-Encoding: identity"] + request.url.authorization(authorization, at: address)
            let (response, next, body) = try await exchange(own)
            guard let next, !isEnough(response) else {
                if [429, 503].contains(response.status) {
                    throw .busyServer(address, status: response.status, wait: response.secondsToWait)
                }
                return (response, body)
            }
            try address.checkRedirect(to: next)
            address = next
        }
        throw .tooManyRedirects(request.url)
    }

    private func exchange(_ request: HTTPRequest) async throws(FetchProblem) -> (HTTPResponse, URL?, Data) {
        var head: HTTPResponse?
        var body = Data()
        do {
            for try await event in HTTPExchange.events(request) {
                switch event {
                case .redirect(let next, let response): return (response, next, Data())
                case .response(let response): head = response
                case .data(let piece):
                    body += piece
                    if body.count > HubClient.maxListing {
                        throw FetchProblem.tooLarge(request.url, limit: HubClient.maxListing)
                    }
                }
            }
        } catch let problem as FetchProblem {
            throw problem
        } catch {
            throw FetchProblem(error as? HTTPFailure, at: request.url, timeout: request.timeout)
        }
        if Task.isCancelled { throw .cancelled }
        guard let head else { throw .noFile(request.url) }
        return (head, nil, body)
    }

    /// - Throws: `FetchProblem` for an answer that is none.
    private func check(_ response: HTTPResponse, at address: URL, of name: HubName) throws(FetchProblem) {
        switch response.status {
        case 200: return
        case 401, 403, 404:
            let hasToken = environment.token != nil
            switch response["X-Error-Code"] {
            case "GatedRepo": throw .gated(name.description, hasToken: hasToken)
            case "RevisionNotFound": throw .noRevision(name.repository, revision: name.askedRevision)
            default: throw .refusedByHub(name.description, status: response.status, hasToken: hasToken)
            }
        default: throw .httpStatus(address, status: response.status)
        }
    }

    /// Asks again where the server is busy, as late as it says.
    private func patiently<Value>(
        _ body: () async throws(FetchProblem) -> Value
    ) async throws(FetchProblem) -> Value {
        var waited = 0
        for attempt in 1... {
            do {
                return try await body()
            } catch .busyServer(let address, let status, let wait) {
                let seconds = wait ?? 1 << attempt
                waited += min(seconds, HubClient.maxWait + 1)
                guard attempt < HubClient.maxTries, waited <= HubClient.maxWait else {
                    throw .busyServer(address, status: status, wait: wait)
                }
                do { try await sleep(seconds) } catch { throw .cancelled }
            }
        }
        preconditionFailure("the tries have no end but one above")
    }
}

extension CharacterSet {
    /// What may stand in a part of a path as it is.
    fileprivate static let urlSegment = CharacterSet.alphanumerics.intersection(
        CharacterSet(charactersIn: "\u{0}"..."\u{7F}")
    )
    .union(CharacterSet(charactersIn: "-._~"))
}

extension FetchProblem {
    /// What ended an exchange.
    fileprivate init(_ failure: HTTPFailure?, at address: URL, timeout: Int) {
        switch failure {
        case .timedOut: self = .timedOut(address, seconds: timeout)
        case .badHead(let found): self = .badAnswer(address, found: found)
        case .failed(let reason): self = .unreachable(address, reason: reason)
        case nil: self = .cancelled
        }
    }
}
