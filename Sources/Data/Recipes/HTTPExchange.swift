import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One GET request as a stream of what happens: a redirect (not followed), or a response and then its body.
final class HTTPExchange: NSObject, URLSessionDataDelegate, Sendable {
    enum Event: Sendable {
        case redirect(URL)
        case response(HTTPURLResponse)
        case data(Data)
    }

    private let continuation: AsyncThrowingStream<Event, any Error>.Continuation

    private init(_ continuation: AsyncThrowingStream<Event, any Error>.Continuation) {
        self.continuation = continuation
    }

    /// Sends the request. The connection ends when the stream is released.
    static func events(_ request: URLRequest) -> AsyncThrowingStream<Event, any Error> {
        AsyncThrowingStream { continuation in
            let configuration = URLSessionConfiguration.ephemeral
            configuration.urlCache = nil
            configuration.httpCookieStorage = nil
            configuration.timeoutIntervalForRequest = request.timeoutInterval
            let session = URLSession(
                configuration: configuration, delegate: HTTPExchange(continuation), delegateQueue: nil)
            let task = session.dataTask(with: request)
            continuation.onTermination = { _ in session.invalidateAndCancel() }
            task.resume()
        }
    }

    /// A redirect ends the exchange. The handler is not called: on Linux, calling it when the task has just been
    /// cancelled stops the program (swift-corelibs-foundation, `didCompleteRedirectCallback`).
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        if let url = request.url { continuation.yield(.redirect(url)) }
        continuation.finish()
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse { continuation.yield(.response(response)) }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        continuation.yield(.data(data))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        continuation.finish(throwing: error)
    }
}
