import Foundation
import Synchronization

/// A piece of the program's work that may be disturbed: what it leaves behind is whole, and once it is done again there is
/// what an undisturbed one gives.
struct Scenario: Sendable {
    /// What an undisturbed one leaves.
    struct Reference: Sendable {
        /// What is there before.
        let before: [String: Data]
        let files: [String: Data]
        /// The paths whose bytes are the same each time; others tell times.
        let stable: Set<String>
        let seconds: Double
    }

    let name: String
    let arguments: [String]
    /// The scenario whose files are there before.
    var after: [String] = []
    /// Files that are there before.
    var given: [String: String] = [:]
    /// Where it works.
    let place: URL
    /// A small disk that it works on.
    let disk: URL?

    private static let output = ".out"

    static func prepare(_ folder: URL, runs: URL) throws {
        for name in ["o/lr", "o/fine", "encoder"] {
            let path = name == "encoder" ? name : "models/\(name)"
            try copy(
                runs.appendingPathComponent(path).path, to: folder,
                as: "base/\((name as NSString).lastPathComponent)")
        }
        let base = folder.appendingPathComponent("base")
        try DrawnExperiment.writeData(to: base)
        try write(
            "text\n" + (0..<3000).map { "the room \($0) was \($0 % 3 == 0 ? "good" : "bad")\n" }.joined(),
            to: base,
            "texts.csv")
        try write("id,gold\n1,a\n2,b\n3,a\n", to: base, "t.csv")
        try write("id,predicted\n3,a\n1,a\n2,a\n", to: base, "p.csv")
        try write(
            """
            name: fuzz
            dataset: {file: data.csv, columns: {text: text}, labels: {column: three}}
            split: {train: 0.6, validation: 0.2, test: 0.2, seed: 1}
            contestants:
              - {id: m, model: dummy}
              - {id: v, model: tfidf-logreg}
              - {id: nb, model: naive-bayes}
              - {id: fr, model: frozen-encoder, encoder: encoder}
              - {id: ft, model: fine-tuned, encoder: encoder, max-length: 8, training: {epochs: 3, batch-size: 4, learning-rate: 0.001, evaluate-every: 3, log-every: 1}}
            thresholds: {tune: global}

            """, to: base, "e.yaml")
    }

    static func all(_ folder: URL, disk: URL?) -> [Scenario] {
        let base = "\(folder.path)/base"
        func scenario(
            _ name: String, _ arguments: String..., after: [String] = [], given: [String: String] = [:]
        ) -> Scenario {
            Scenario(
                name: name, arguments: arguments, after: after, given: given,
                place: (disk ?? folder).appendingPathComponent("work"), disk: disk)
        }
        let run = ["run", "\(base)/e.yaml", "--output", "o", "--models", "m"]
        return [
            scenario("run", "run", "\(base)/e.yaml", "--output", "o", "--models", "m"),
            scenario("run again", "run", "\(base)/e.yaml", "--output", "o", "--models", "m", after: run),
            scenario("report", "report", "o", after: run),
            scenario("split", "split", "\(base)/data.csv", "--label", "three", "--output", "s"),
            scenario(
                "folds", "split", "\(base)/data.csv", "--label", "three", "--folds", "3", "--output", "s"),
            scenario(
                "predict", "predict", "--model", "\(base)/lr", "--input", "\(base)/texts.csv", "--output",
                "p.csv",
                given: ["p.csv": "old\n"]),
            scenario(
                "predict to output", "predict", "--model", "\(base)/lr", "--input", "\(base)/texts.csv",
                "--format", "jsonl"),
            scenario(
                "evaluate", "evaluate", "--model", "o", "--input", "\(base)/data.csv", "--label", "three",
                "--format", "json",
                "--output", "e.json", after: run),
            scenario(
                "embed", "embed", "--model", "\(base)/encoder", "\(base)/texts.csv", "--output", "x.npy"),
            scenario("tokenize", "tokenize", "--model", "\(base)/encoder", "\(base)/texts.csv"),
            scenario(
                "vader", "vader", "\(base)/texts.csv", "--output", "v.jsonl", given: ["v.jsonl": "old\n"]),
            scenario("vader to output", "vader", "\(base)/texts.csv"),
            scenario("describe", "describe", "\(base)/data.csv", "--label", "three"),
            scenario("score", "score", "--truth", "\(base)/t.csv", "--predictions", "\(base)/p.csv"),
            scenario("init", "init", "\(base)/data.csv", "--label", "three", "--output", "i.yaml"),
        ]
    }

    // MARK: Working

    func run(
        _ other: [String]? = nil, signalled: (Double, Int32)? = nil, largestFile: Int? = nil
    ) throws -> ChildProcess.Outcome {
        // What it prints is on the same disk.
        try? FileManager.default.removeItem(at: place.appendingPathComponent(Scenario.output))
        try? FileManager.default.removeItem(at: errorFile)
        return try ChildProcess(
            executable: ChildProcess.bakeoff, arguments: other ?? arguments, folder: place,
            output: place.appendingPathComponent(Scenario.output), errors: errorFile,
            environment: FuzzTarget.environment(in: place), patience: 60,
            signalled: signalled.map { ($0.0, $0.1) },
            largestFile: largestFile
        ).run()
    }

    private var errorFile: URL {
        URL(fileURLWithPath: FileManager.default.currentDirectoryPath).appendingPathComponent(".err")
    }

    /// The end of what it said on standard error last.
    var errors: String {
        String(decoding: ((try? Data(contentsOf: errorFile)) ?? Data()).suffix(400), as: UTF8.self)
    }

    func makeReference() throws -> Reference {
        var runs: [(before: [String: Data], files: [String: Data], seconds: Double)] = []
        for _ in 0..<2 {
            try? FileManager.default.removeItem(at: place)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (path, text) in given { try write(text, to: place, path) }
            if !after.isEmpty {
                guard case .exited(0) = try run(after).ending else { throw Failed(words: errors) }
            }
            let before = contents
            let outcome = try run()
            guard case .exited(0) = outcome.ending else { throw Failed(words: "\(name): \(errors)") }
            runs.append((before, contents, outcome.seconds))
        }
        let stable = runs[0].files.keys.filter { runs[0].files[$0] == runs[1].files[$0] }
        guard stable.contains(Scenario.output) || runs[0].files.count > 1 else { throw Failed(words: name) }
        return Reference(
            before: runs[1].before, files: runs[1].files, stable: Set(stable), seconds: runs[1].seconds)
    }

    struct Failed: Error { let words: String }

    /// Puts there what is there before.
    func begin(_ reference: Reference) throws {
        try? FileManager.default.removeItem(at: place)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (path, bytes) in reference.before where path != Scenario.output {
            let file = place.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: file)
        }
    }

    // MARK: Checking

    /// No file stands under its name that is not whole.
    func check(_ reference: Reference, isComplete: Bool) throws {
        let now = contents
        for path in reference.stable where isComplete || path != Scenario.output {
            guard let bytes = now[path] else {
                if isComplete { throw Finding(.cut, "\(name): exit 0 without \(path)") }
                continue
            }
            // The list of what was made grows with it, a whole list each time.
            if path.hasSuffix("/.bakeoff"), !isComplete { continue }
            if bytes != reference.files[path], isComplete || bytes != reference.before[path] {
                throw Finding(
                    .cut, "\(name): \(path) has \(bytes.count) of \(reference.files[path]?.count ?? 0) bytes")
            }
        }
    }

    /// Done again, with nothing in its way, there is what an undisturbed one gives.
    func finish(_ reference: Reference) throws {
        // A reader was given its part before; a file that stays is replaced only by who asks for it.
        let outcome = try run()
        guard case .exited(0) = outcome.ending else {
            // A file that was complete already is not written again without being told so.
            if name == "init", reference.files["i.yaml"] == contents["i.yaml"] { return }
            throw Finding(.cut, "\(name): afterwards \(outcome.ending): \(errors)")
        }
        let now = contents
        let expected = Set(reference.files.keys)
        if let path = expected.symmetricDifference(now.keys).sorted().first {
            throw Finding(
                .cut, "\(name): afterwards \(path) is \(expected.contains(path) ? "missing" : "there")")
        }
        // What is kept says so in place of what it did.
        for path in reference.stable where path != Scenario.output || after.isEmpty && !name.hasPrefix("run")
        {
            if now[path] != reference.files[path] {
                throw Finding(.cut, "\(name): afterwards \(path) differs")
            }
        }
        for path in reference.files.keys where path.hasSuffix("results.json") {
            if try withoutTimings(now[path]) != withoutTimings(reference.files[path]) {
                throw Finding(.cut, "\(name): afterwards \(path) differs")
            }
        }
        if now["o/results.json"] != nil, try run(["report", "o", "--verify"]).ending != .exited(0) {
            throw Finding(.cut, "\(name): afterwards not verified: \(errors)")
        }
    }

    private func withoutTimings(_ json: Data?) throws -> NSDictionary {
        var object = try JSONSerialization.jsonObject(with: json ?? Data()) as? [String: Any] ?? [:]
        object["timings"] = nil
        return object as NSDictionary
    }

    /// All files, with their bytes.
    private var contents: [String: Data] {
        var all: [String: Data] = [:]
        for path in files(below: place) {
            all[path] = try? Data(contentsOf: place.appendingPathComponent(path))
        }
        return all
    }
}

/// References, each made once.
final class References: Sendable {
    private let known = Mutex<[String: Scenario.Reference]>([:])

    func reference(of scenario: Scenario) throws -> Scenario.Reference {
        if let reference = known.withLock({ $0[scenario.name] }) { return reference }
        let reference = try scenario.makeReference()
        known.withLock { $0[scenario.name] = reference }
        return reference
    }
}
