import FlyingFox
import Foundation
import Results

/// Answers requests: the page's files, and what the page asks.
///
/// Every request needs the token in its path, the right `Host`, and no foreign `Origin`. Nothing here writes anything, but
/// for the check of a lesson, which runs its lab.
package struct PageHandler: HTTPHandler {
    private let address: PageAddress
    private let site: PageSite

    package init(address: PageAddress, site: PageSite) {
        (self.address, self.site) = (address, site)
    }

    package func handleRequest(_ request: HTTPRequest) async -> HTTPResponse {
        do {
            try check(request)
            return try await answer(request)
        } catch let refusal as PageRefusal {
            return PageHandler.response(refusal.status, ["error": refusal.reason])
        } catch {
            return PageHandler.response(500, ["error": "\(error)"])
        }
    }

    // MARK: Who may ask

    private func check(_ request: HTTPRequest) throws(PageRefusal) {
        guard let host = request.headers[.host], address.hosts.contains(host) else {
            throw .foreign("Host", request.headers[.host])
        }
        if let origin = request.headers[.origin], !address.hosts.map({ "http://\($0)" }).contains(origin) {
            throw .foreign("Origin", origin)
        }
        // A link from elsewhere may open the page; what it loads and asks comes from itself.
        if let sender = request.headers[.fetchSite], !["same-origin", "none"].contains(sender),
            request.headers[.fetchMode] != "navigate"
        {
            throw .foreign("Sec-Fetch-Site", sender)
        }
        if !request.target.path().hasPrefix(address.root) { throw .noToken }
    }

    // MARK: What is answered

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        // As it was sent, with the slash at its end: to the page's own address, all that it loads is relative.
        let name = String(request.target.path().dropFirst(address.root.count))
        if let inquiry = PageInquiry(rawValue: name) {
            try checkMethod(of: request, is: .POST)
            return PageHandler.response(
                200, json: try await site.answer(inquiry, try await question(request)))
        }
        if name == PageHandler.checkName {
            try checkMethod(of: request, is: .POST)
            try checkType(of: request)
            return PageHandler.response(200, json: try await site.check())
        }
        guard let file = try PageFile(carriedAs: name) ?? site.file(named: name) else {
            throw PageRefusal.noSuchFile
        }
        try checkMethod(of: request, is: .GET)
        return PageHandler.response(200, file.bytes, type: file.type)
    }

    private func checkMethod(of request: HTTPRequest, is method: HTTPMethod) throws(PageRefusal) {
        if request.method != method { throw .badMethod(allowed: method.rawValue) }
    }

    /// Bytes of a question, of which a sentence is a part whose characters may be spelled in six bytes each.
    private static let maxBodyBytes = 6 * PageQuestion.maxBytes + 4096

    /// The last part of the address at which the check of a lesson is asked for.
    private static let checkName = "check"

    /// A form of another page cannot send this type unasked.
    private func checkType(of request: HTTPRequest) throws(PageRefusal) {
        let type = request.headers[.contentType]?.split(separator: ";").first.map(String.init)
        guard type?.lowercased() == "application/json" else { throw .noJSON }
    }

    private func question(_ request: HTTPRequest) async throws -> PageQuestion {
        try checkType(of: request)
        var body = Data()
        for try await part in request.bodySequence {
            body += part
            if body.count > PageHandler.maxBodyBytes { throw PageRefusal.tooLong }
        }
        return try PageQuestion(json: body)
    }

    // MARK: How

    /// Of every answer: nothing is loaded from elsewhere, run from within the page, framed, kept, or told to others.
    private static let protections: [(HTTPHeader, String)] = [
        (
            HTTPHeader("Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        ),
        (HTTPHeader("Cross-Origin-Opener-Policy"), "same-origin"),
        (HTTPHeader("Cross-Origin-Resource-Policy"), "same-origin"),
        (HTTPHeader("Referrer-Policy"), "no-referrer"),
        (HTTPHeader("X-Content-Type-Options"), "nosniff"),
        (.cacheControl, "no-store"),
        // On a connection that stays, the system holds an answer's body back until its head is acknowledged: 40 ms.
        (.connection, "close"),
    ]

    /// Bytes that are handed to the system at once.
    private static let bytesAtOnce = 1 << 18

    private static func response(_ status: Int, _ bytes: [UInt8], type: String) -> HTTPResponse {
        var headers = HTTPHeaders()
        for (name, value) in protections { headers.setValues([value], for: name) }
        headers[.contentType] = type
        return HTTPResponse(
            statusCode: HTTPStatusCode(status, phrase: ""), headers: headers,
            body: HTTPBodySequence(data: Data(bytes), suggestedBufferSize: PageHandler.bytesAtOnce))
    }

    private static func response(_ status: Int, json: [UInt8]) -> HTTPResponse {
        response(status, json, type: PageFile.json)
    }

    private static func response(_ status: Int, _ object: [String: String]) -> HTTPResponse {
        response(status, json: (try? StableJSON.line(object)) ?? Array("{}\n".utf8))
    }
}

extension HTTPHeader {
    fileprivate static let origin = HTTPHeader("Origin")
    fileprivate static let fetchSite = HTTPHeader("Sec-Fetch-Site")
    fileprivate static let fetchMode = HTTPHeader("Sec-Fetch-Mode")
}
