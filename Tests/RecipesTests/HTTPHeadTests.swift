import Recipes
import Testing

@Suite struct HTTPHeadTests {
    private func read(_ text: String) throws -> HTTPResponse? {
        var reader = HTTPHeadReader()
        // By bytes: CR and LF together are one character.
        let end = UInt8(ascii: "\n")
        for line in text.utf8.split(separator: end, omittingEmptySubsequences: false).dropLast() {
            if let response = try reader.take(Array(line) + [end]) { return response }
        }
        return nil
    }

    @Test func fieldsHaveNoCaseAndNoBlanksAround() throws {
        let response = try #require(
            try read(
                "HTTP/1.1 206 Partial Content\r\nETag: \"a b\" \r\nCONTENT-RANGE:\tbytes 0-1/2\r\nX: \r\n\r\n"
            ))
        #expect(response.status == 206 && !response.isRedirect)
        #expect(response["etag"] == "\"a b\"" && response["Content-Range"] == "bytes 0-1/2")
        #expect(response["x"] == "" && response["y"] == nil)
    }

    @Test func severalFieldsOfOneNameAreOne() throws {
        let response = try #require(
            try read("HTTP/2 200 \r\nA: 1\r\na: 2\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n"))
        #expect(response["a"] == "1, 2" && response["content-length"] == "7")
    }

    @Test func interimAnswersArePassedOver() throws {
        let response = try #require(
            try read("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 301 X\r\nLocation: /y\r\n\r\n"))
        #expect(response.isRedirect && response["location"] == "/y" && response["link"] == nil)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "\r\n\r\n",
    ]) func whatHasNoEndIsNoHead(text: String) throws {
        #expect(try read(text) == nil)
    }

    @Test(arguments: [
        "HTTP/1.1\r\n\r\n", "HTTP/1.1 2000 X\r\n\r\n", "HTTP/1.1 -20 X\r\n\r\n", "HTTP/1.1 099 X\r\n\r\n",
        "HTTP/1.1 200 X\r\nA: b\0c\r\n\r\n", "HTTP/1.1 200 X\r\nA: b\rC: d\r\n\r\n",
    ]) func whatIsNotAsHTTPHasIt(text: String) {
        #expect(throws: HTTPFailure.self) { try read(text) }
    }

    @Test func aHeadIsBounded() {
        let field = "A: \(String(repeating: "b", count: 997))\r\n"
        #expect(throws: Never.self) {
            try read("HTTP/1.1 200 X\r\n" + String(repeating: field, count: 200) + "\r\n")
        }
        #expect(throws: HTTPFailure.self) {
            try read("HTTP/1.1 200 X\r\n" + String(repeating: field, count: 300) + "\r\n")
        }
        #expect(throws: HTTPFailure.self) {
            try read(String(repeating: "HTTP/1.1 100 X\r\n\r\n", count: 20_000))
        }
    }
}

@Suite struct CertificateStoreTests {
    @Test func theSystemsOwnPlacesInTurn() {
        for place in CertificateStore.files {
            let store = CertificateStore(environment: [:]) { $0 == place }
            #expect(store.file == place && store.folder == nil)
        }
        let store = CertificateStore(environment: [:]) { _ in true }
        #expect(store.file == CertificateStore.files[0])
        #expect(CertificateStore(environment: [:]) { _ in false }.file == nil)
    }

    @Test func whatTheEnvironmentNamesIsTaken() {
        let all = ["CURL_CA_BUNDLE": "/a", "SSL_CERT_FILE": "/b", "SSL_CERT_DIR": "/c"]
        let first = CertificateStore(environment: all) { _ in true }
        #expect(first.file == "/a" && first.folder == "/c")
        let second = CertificateStore(environment: ["SSL_CERT_FILE": "/b", "CURL_CA_BUNDLE": ""]) { _ in true
        }
        #expect(second.file == "/b" && second.folder == nil)
        // Also where it is not there: another one in its place would be a surprise.
        #expect(CertificateStore(environment: ["SSL_CERT_FILE": "/b"]) { $0 != "/b" }.file == "/b")
    }
}
