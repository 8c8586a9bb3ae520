import Experiments
import FlyingFox
import Foundation
import LivePages
import Results
import TestSupport
import Testing

/// A small run with two tasks, whose models are served: three sentiments, and two labels of which a text may have any.
struct ServedRun {
    let folder: TemporaryFolder
    let contents: PageContents
    let handler: PageHandler

    static let address = PageAddress(port: 8123, token: "t0k3n")

    private static let yaml = """
        name: served
        seed: 42
        tasks:
          - name: sentiment
            dataset: {file: sentiment.csv, columns: {id: id}, labels: {column: label}}
            split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
          - name: topics
            dataset: {file: topics.csv, columns: {id: id}, labels: {column: label, kind: multilabel, separator: "|"}}
            split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
        thresholds: {use: 0.3}
        contestants:
          - {id: majority, model: dummy}
          - {id: vader, model: vader, tasks: [sentiment]}
          - {id: words, model: tfidf-logreg}
          - {id: svm, model: linear-svm, tasks: [sentiment]}
          - {id: elsewhere, model: external, predictions: elsewhere.csv, tasks: [sentiment]}
        report: {analysis: false}

        """
    private static let quotes = yaml.replacing("{analysis: false}", with: "{quotes: true}")
    private static let slices = yaml.replacing(
        "{analysis: false}", with: "{slices: {length: [4, 5], column: label}}")

    private static let sentences = [
        ("a lovely room", "positive", "room"), ("an awful room", "negative", "room"),
        ("the food was great", "positive", "food"), ("the food was horrible", "negative", "food"),
        ("breakfast in the room at eight", "neutral", "room|food"),
        ("we arrive on monday", "neutral", "food"),
    ]

    private static func table(_ label: (Int) -> String) -> String {
        "id,text,label\n" + (0..<48).map { "r\($0),\(sentences[$0 % 6].0) \($0),\(label($0))\n" }.joined()
    }

    /// - Parameters:
    ///   - quotes: Whether the run allows texts to be quoted.
    ///   - slices: Whether it scores by slice, and allows no quotes.
    init(quotes: Bool = false, slices: Bool = false) throws {
        folder = try TemporaryFolder()
        try folder.write(slices ? Self.slices : quotes ? Self.quotes : Self.yaml, to: "e.yaml")
        try folder.write(Self.table { Self.sentences[$0 % 6].1 }, to: "sentiment.csv")
        try folder.write(Self.table { Self.sentences[$0 % 6].2 }, to: "topics.csv")
        let rows = (0..<48).map { "r\($0),neutral\n" }.joined()
        try folder.write("id,predicted\n\(rows)", to: "elsewhere.csv")
        var options = RunOptions(
            output: folder.file("report"), models: folder.file("models"), command: "bakeoff run e.yaml",
            machine: .current)
        options.cache = folder.file("cache")
        _ = try ExperimentRun(
            file: try ExperimentFile(contentsOf: folder.file("e.yaml")), options: options
        ).run { _ in }
        contents = try PageContents(run: RunLayout(folder.file("report")), models: folder.file("models"))
        handler = PageHandler(address: Self.address, site: PageSite(contents))
    }

    /// A request as the page's browser sends it, but for what is changed.
    static func request(
        _ name: String, _ method: HTTPMethod = .GET, headers: [HTTPHeader: String?] = [:], body: Data = Data()
    ) -> HTTPRequest {
        var all: [HTTPHeader: String] = [.host: "127.0.0.1:8123"]
        if method == .POST {
            all[HTTPHeader("Origin")] = "http://127.0.0.1:8123"
            all[.contentType] = "application/json"
        }
        for (header, value) in headers { all[header] = value }
        return HTTPRequest(
            method: method, version: .http11, path: name.hasPrefix("/") ? name : address.root + name,
            query: [],
            headers: all, body: body)
    }

    static func question(
        _ text: String, task: Int = 0, dropped: [Int] = [], edits: [String] = [], page: String = "p",
        number: Int = 1
    ) throws -> Data {
        try JSONSerialization.data(withJSONObject: [
            "text": text, "task": task, "dropped": dropped, "edits": edits, "page": page, "number": number,
        ])
    }

    /// The answer to a question, an object of JSON.
    func ask(_ name: String, _ question: Data, status: Int = 200) async throws -> [String: Any] {
        let response = await handler.handleRequest(Self.request(name, .POST, body: question))
        let body = try await response.bodyData
        #expect(response.statusCode.code == status, "\(String(decoding: body, as: UTF8.self))")
        return try #require(JSONSerialization.jsonObject(with: body) as? [String: Any])
    }
}
