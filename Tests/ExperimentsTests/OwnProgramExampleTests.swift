import Experiments
import Foundation
import Results
import SafeFiles
import TestSupport
import Testing

/// The examples of docs/own-programs.md, run as they stand. Those in Python run where there is a Python that has what they
/// import: `python3`, or the one that `PYTHON` names.
@Suite struct OwnProgramExampleTests {
    private static let python =
        ProcessInfo.processInfo.environment["PYTHON"] ?? programPath("python3") ?? "/none"

    /// Whether a module can be imported.
    private static func has(_ module: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import \(module)"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    private func example(_ name: String) -> String {
        checkout.appendingPathComponent("examples/own-programs/\(name)").path
    }

    private func experiment(_ keys: String) throws -> SmallExperiment {
        try SmallExperiment(
            SmallExperiment.yaml.replacing(
                "{id: majority, model: dummy}", with: "{id: own, model: command, \(keys)}"))
    }

    private func own(_ experiment: SmallExperiment) throws -> (ContestantResults, ContestantCost?) {
        let results = try experiment.run { $0.allowsPrograms = { _ in true } }
        return (results.tasks[0].contestants[0], results.timings.contestants["own"])
    }

    @Test func shell() throws {
        let experiment = try experiment("command: [\(example("keywords.sh"))]")
        let rows = [
            ("a \"\"lovely\"\"\nroom, thanks", "positive"), ("cold, and\n\ndirty", "negative"),
            ("the key", "neutral"),
        ]
        try experiment.write(
            "id,text,label\n" + (0..<30).map { "\($0),\"\(rows[$0 % 3].0)\",\(rows[$0 % 3].1)\n" }.joined(),
            to: "data.csv")
        let (results, _) = try own(experiment)
        #expect(results.test[.accuracy] == 1 && !results.isProbabilistic)
    }

    @Test(.enabled(if: programPath("Rscript") != nil, "R is not here")) func naiveBayesInR() throws {
        let experiment = try experiment("command: [Rscript, '\(example("naive_bayes.R"))']")
        try experiment.write(
            "id,text,label\n"
                + (0..<60).map {
                    "\($0),\"\($0 % 3 == 0 ? "Win, a\n\"\"prize\"\"" : "see you")\",\($0 % 3 == 0 ? "spam" : "ham")\n"
                }
                .joined(), to: "data.csv")
        let (results, _) = try own(experiment)
        #expect(results.test[.accuracy] == 1 && results.isProbabilistic)
    }

    @Test(.enabled(if: has("sklearn"), "scikit-learn is not installed for this Python"))
    func scikitLearn() throws {
        let experiment = try experiment(
            "command: ['\(Self.python)', '\(example("sklearn_pipeline.py"))'], one-call: true")
        try experiment.write(
            "id,text,label\n"
                + (0..<60).map {
                    "\($0),\($0 % 3 == 0 ? "win a prize" : "see you") \($0),\($0 % 3 == 0 ? "spam" : "ham")\n"
                }
                .joined(), to: "data.csv")
        let (results, _) = try own(experiment)
        #expect(results.test[.accuracy] == 1 && results.isProbabilistic)
    }

    /// A language model that answers every prompt by a word that stands in it.
    private static let standIn = """
        import http.server, json

        class Answers(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                prompt = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["messages"][0]["content"]
                number = int(prompt.split()[-1])
                answer = {"choices": [{"message": {"content": " spam\\n" if number % 4 == 0 else "ham"}}],
                          "usage": {"total_tokens": len(prompt.split())}}
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
        print(server.server_port, flush=True)
        server.serve_forever()

        """

    @Test(.enabled(if: has("http.server"), "python3 is not here"))
    func languageModel() throws {
        let experiment = try experiment(
            "command: ['\(Self.python)', '\(example("llm.py"))'], environment: [LLM_URL]")
        try experiment.write(Self.standIn, to: "server.py")
        let server = Process()
        server.executableURL = URL(fileURLWithPath: Self.python)
        server.arguments = [experiment.place("server.py").path]
        let output = Pipe()
        server.standardOutput = output
        try server.run()
        // Its signal mask is that of the thread that started it, which may leave SIGTERM out.
        defer {
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
        }
        let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        setenv("LLM_URL", "http://127.0.0.1:\(port)/v1/chat/completions", 1)
        let (results, cost) = try own(experiment)
        #expect(results.test[.accuracy] == 1 && !results.isProbabilistic)
        #expect(cost?.reported?["requests"] == 16)
        // For each of 16 texts nine words of instruction and labels, and three of its own.
        #expect(cost?.reported?["tokens"] == 192)
    }
}
