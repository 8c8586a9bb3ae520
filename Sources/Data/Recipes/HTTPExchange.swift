import CLibcurl
import Foundation
import Synchronization

/// A request, and how long its server may be silent.
struct HTTPRequest: Sendable {
    let url: URL
    /// Asks for the head of the answer alone (HEAD), not for the file (GET).
    var isForHead = false
    /// Lines such as `Range: bytes=7-`.
    var headers: [String] = []
    /// Seconds.
    let timeout: Int
}

/// One request as a stream of what happens: a redirect (not followed), or a response and then its body.
enum HTTPExchange {
    enum Event: Sendable {
        case redirect(URL, HTTPResponse)
        case response(HTTPResponse)
        case data(Data)
    }

    /// Events that wait for their reader, at most; each is of some kilobytes.
    private static let maxWaiting = 64

    /// Sends the request, on a thread of its own. The connection ends within a second after the stream is released.
    static func events(_ request: HTTPRequest) -> AsyncThrowingStream<Event, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingOldest(maxWaiting)) { continuation in
            let isReleased = Flag()
            continuation.onTermination = { _ in isReleased.set() }
            Thread.detachNewThread {
                let receiver = Receiver(request.url, continuation, isReleased)
                do throws(HTTPFailure) {
                    try Transfer(request, receiver).run()
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
        }
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}

/// Makes events of what libcurl receives, as fast as they are taken. Used by one thread.
private final class Receiver {
    typealias Continuation = AsyncThrowingStream<HTTPExchange.Event, any Error>.Continuation

    private let url: URL
    private let continuation: Continuation
    private let isReleased: Flag
    private var head = HTTPHeadReader()
    private var isAnswered = false
    /// Why the transfer was ended from here, if that is a failure.
    private(set) var failure: HTTPFailure?
    /// All that is wanted has come, or nobody waits for it any more.
    private(set) var isDone = false

    init(_ url: URL, _ continuation: Continuation, _ isReleased: Flag) {
        self.url = url
        self.continuation = continuation
        self.isReleased = isReleased
    }

    var goesOn: Bool { !isDone && failure == nil && !isReleased.isSet }

    /// A line of a head, or of what may stand after a body.
    func takeLine(_ line: UnsafeRawBufferPointer) -> Bool {
        do throws(HTTPFailure) {
            guard let response = try head.take(line), !isAnswered else { return goesOn }
            isAnswered = true
            if response.isRedirect, let next = URL(location: response["Location"], from: url) {
                yield(.redirect(next, response))
                isDone = true
            } else {
                yield(.response(response))
            }
        } catch {
            failure = error
        }
        return goesOn
    }

    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // Old versions of libcurl take bytes without a head for a body.
        if isAnswered { yield(.data(Data(bytes))) } else { failure = .badHead("no status") }
        return goesOn
    }

    /// Waits while the reader is behind: it writes to the disk, and what has not been taken yet stays small.
    private func yield(_ event: HTTPExchange.Event) {
        while goesOn {
            switch continuation.yield(event) {
            case .enqueued: return
            case .dropped: usleep(1000)
            case .terminated: isDone = true
            @unknown default: isDone = true
            }
        }
    }
}

/// The settings of libcurl, and its run.
private struct Transfer {
    /// Bytes a second: what is slower for as long as the timeout is not worth waiting for.
    private static let minSpeed = 100
    private static let isReady = curl_start() == CURLE_OK

    let request: HTTPRequest
    let receiver: Receiver

    init(_ request: HTTPRequest, _ receiver: Receiver) {
        self.request = request
        self.receiver = receiver
    }

    func run() throws(HTTPFailure) {
        guard Transfer.isReady, let handle = curl_easy_init() else {
            throw .failed(reason: "libcurl does not start")
        }
        defer { curl_easy_cleanup(handle) }
        var lines: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(lines) }
        for line in request.headers { lines = curl_slist_append(lines, line) ?? lines }
        // The reason in more words than the code's, such as which file of certificates cannot be read.
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { words.deallocate() }
        try set(handle, lines, words)

        let code = withExtendedLifetime(receiver) { curl_easy_perform(handle) }
        if let failure = receiver.failure { throw failure }
        if receiver.isDone || code == CURLE_OK { return }
        if code == CURLE_OPERATION_TIMEDOUT { throw .timedOut }
        let reason = String(cString: words)
        throw .failed(reason: reason.isEmpty ? String(cString: curl_easy_strerror(code)) : reason)
    }

    private func set(
        _ handle: UnsafeMutableRawPointer, _ lines: UnsafeMutablePointer<curl_slist>?,
        _ words: UnsafeMutablePointer<CChar>
    ) throws(HTTPFailure) {
        let isPlain = request.url.scheme?.lowercased() == "http"
        var codes = [
            curl_set_text(handle, CURLOPT_URL, request.url.absoluteString),
            curl_set_protocols(handle, isPlain ? 1 : 0),
            curl_set_headers(handle, lines),
            curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words),
            curl_set_text(handle, CURLOPT_USERAGENT, "bakeoff"),
            curl_set_number(handle, CURLOPT_NOBODY, request.isForHead ? 1 : 0),
            // Redirects are judged before they are followed.
            curl_set_number(handle, CURLOPT_FOLLOWLOCATION, 0),
            curl_set_number(handle, CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
            // No signals in a program of many threads.
            curl_set_number(handle, CURLOPT_NOSIGNAL, 1),
            curl_set_number(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, request.timeout),
            curl_set_number(handle, CURLOPT_LOW_SPEED_TIME, request.timeout),
            curl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, Transfer.minSpeed),
        ]
        // What is on this machine is not asked of a proxy; otherwise the environment says, as it does for curl.
        if request.url.isOnThisMachine { codes.append(curl_set_text(handle, CURLOPT_PROXY, "")) }
        let store = CertificateStore()
        if let file = store.file { codes.append(curl_set_text(handle, CURLOPT_CAINFO, file)) }
        if let folder = store.folder { codes.append(curl_set_text(handle, CURLOPT_CAPATH, folder)) }

        let context = Unmanaged.passUnretained(receiver).toOpaque()
        codes.append(
            curl_set_receivers(
                handle,
                { bytes, size, count, context in
                    received(bytes, size * count, context) { $0.takeLine($1) }
                },
                { bytes, size, count, context in
                    received(bytes, size * count, context) { $0.takeBody($1) }
                }, context))
        codes.append(
            curl_set_watcher(
                handle, { context, _, _, _, _ in pointed(context)?.goesOn == true ? 0 : 1 }, context))
        if let code = codes.first(where: { $0 != CURLE_OK }) {
            throw .failed(reason: String(cString: curl_easy_strerror(code)))
        }
    }
}

private func pointed(_ context: UnsafeMutableRawPointer?) -> Receiver? {
    context.map { Unmanaged<Receiver>.fromOpaque($0).takeUnretainedValue() }
}

/// - Returns: What libcurl wants to hear: as many bytes as there were, or fewer to end the transfer.
private func received(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ take: (Receiver, UnsafeRawBufferPointer) -> Bool
) -> Int {
    guard count > 0, let receiver = pointed(context) else { return 0 }
    return take(receiver, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}

extension URL {
    /// Where a redirect leads to; nil if it does not say.
    fileprivate init?(location: String?, from url: URL) {
        guard let location, !location.isEmpty, let next = URL(string: location, relativeTo: url) else {
            return nil
        }
        self = next.absoluteURL
    }
}
