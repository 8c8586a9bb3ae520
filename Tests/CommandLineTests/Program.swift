import Foundation
import Testing

/// The built `bakeoff`, run as a user runs it, in a folder of its own.
struct Program {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// A folder that goes when the value does.
    let folder: URL
    private let keeper: Keeper

    private final class Keeper: Sendable {
        let folder: URL
        init(_ folder: URL) { self.folder = folder }
        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("bakeoff-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        keeper = Keeper(folder)
    }

    /// The program stands beside the test runner.
    static var executable: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("bakeoff")
    }

    static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    func write(_ text: String, to name: String) throws {
        try write(Data(text.utf8), to: name)
    }

    func write(_ data: Data, to name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    func data(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(name))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }

    /// Three contestants on the moods of front-desk messages, which run in milliseconds.
    static func moods(_ name: String = "mood") -> String {
        """
        name: \(name)
        dataset: {recipe: front-desk}
        split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
        contestants:
          - {id: majority, model: dummy}
          - {id: vader, model: vader}
          - {id: tfidf-lr, model: tfidf-logreg}
        """
    }

    /// Runs an experiment, whose file becomes `e.yaml`, and which must succeed.
    func runs(_ experiment: String) throws {
        try write(experiment, to: "e.yaml")
        let outcome = try run("run", "e.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Runs a script with bash, which finds the program in `$BAKEOFF` and on its path.
    func runScript(_ script: String, _ arguments: String...) throws -> Outcome {
        try run([script] + arguments, with: URL(fileURLWithPath: "/bin/bash"))
    }

    /// Runs a line of bash, which finds the program in `$BAKEOFF`.
    func shell(_ line: String) throws -> Outcome {
        try run(["-c", line], with: URL(fileURLWithPath: "/bin/bash"))
    }

    /// Runs with the working folder `folder`, a cache of its own, and the recipes of its `datasets` or else the
    /// repository's.
    func run(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(arguments, input: input)
    }

    /// - Parameters:
    ///   - killedAfter: Seconds after which it is killed, as by `kill -9`, if it still runs.
    ///   - interruptedAt: What it must have said on standard error when it is interrupted, as by Ctrl-C.
    ///   - largestFile: Blocks of 512 bytes: no file may become larger, as on a disk that is full.
    func run(
        _ arguments: [String], with executable: URL = Program.executable, input: String = "",
        killedAfter delay: Double? = nil, interruptedAt words: String? = nil, largestFile: Int? = nil
    ) throws -> Outcome {
        let process = Process()
        if let largestFile {
            // Ignored, the signal leaves write(2) to fail.
            let limited = "trap '' XFSZ; ulimit -f \(largestFile); exec \"$0\" \"$@\""
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", limited, executable.path] + arguments
        } else {
            process.executableURL = executable
            process.arguments = arguments
        }
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment
        environment["XDG_CACHE_HOME"] = folder.appendingPathComponent("cache").path
        let recipes = (exists("datasets") ? folder : Program.repository).appendingPathComponent("datasets")
        environment["BAKEOFF_RECIPES"] = recipes.path
        // Nothing is asked of the Hugging Face hub, and its cache is in the test's own.
        for name in ["HF_HOME", "HF_HUB_CACHE", "HF_ENDPOINT", "HF_TOKEN"] { environment[name] = nil }
        environment["HF_HUB_OFFLINE"] = "1"
        environment["BAKEOFF"] = Program.executable.path
        let path = environment["PATH"] ?? "/usr/bin:/bin"
        environment["PATH"] = "\(Program.executable.deletingLastPathComponent().path):\(path)"
        process.environment = environment
        // Files, not pipes: nothing can block, however much is written.
        let names = ["in", "out", "err"].map { ".std\($0)" }
        try write(input, to: names[0])
        try write("", to: names[1])
        try write("", to: names[2])
        let handles = try names.map { name in
            let url = folder.appendingPathComponent(name)
            return name == names[0] ? try FileHandle(forReadingFrom: url) : try FileHandle(forWritingTo: url)
        }
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        try process.run()
        if let delay {
            Thread.sleep(forTimeInterval: delay)
            kill(process.processIdentifier, SIGKILL)
        }
        if let words {
            while process.isRunning, try !read(names[2]).contains(words) {
                Thread.sleep(forTimeInterval: 0.001)
            }
            kill(process.processIdentifier, SIGINT)
        }
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try read(names[1]), errors: try read(names[2]))
    }
}

/// An object of JSON.
func object(_ json: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
}
