import Foundation
import Testing

/// A program that sends one text at a time and waits is answered before it sends the next.
@Suite struct ConversationTests {
    /// `bakeoff predict` with pipes at both ends.
    private final class Partner {
        private let process = Process()
        private let (input, output) = (Pipe(), Pipe())

        init(_ program: Program, _ arguments: [String]) throws {
            process.executableURL = Program.executable
            process.arguments = ["predict", "--model", "runs/spam/bayes"] + arguments
            process.currentDirectoryURL = program.folder
            (process.standardInput, process.standardOutput) = (input, output)
            process.standardError = FileHandle.nullDevice
            try process.run()
        }

        /// What comes back, whole lines; fewer if nothing comes for a minute.
        func answer(to text: String, lines: Int) throws -> [String] {
            try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            var bytes: [UInt8] = []
            while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
                var waiting = pollfd(
                    fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&waiting, 1, 60_000) == 1 else { break }
                let piece = output.fileHandleForReading.availableData
                if piece.isEmpty { break }
                bytes += piece
            }
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }

        /// Says that no more comes, and waits for the end.
        func end() throws -> Int32 {
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
            return process.terminationStatus
        }

        deinit { if process.isRunning { process.terminate() } }
    }

    private func prepared() throws -> Program {
        let program = try Program()
        try program.write(
            """
            name: spam
            dataset: {recipe: front-desk-spam}
            contestants: [{id: bayes, model: naive-bayes}]
            """, to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        return program
    }

    @Test func eachObjectIsAnsweredAsItComes() throws {
        let program = try prepared()
        let partner = try Partner(
            program, ["--input", "-", "--input-format", "jsonl", "--format", "jsonl"])
        for text in ["win", "claim your free prize now", "the room was cold"] {
            let answer = try partner.answer(to: #"{"text": "\#(text)"}"# + "\n", lines: 1)
            #expect(answer.count == 1 && answer.first?.hasPrefix(#"{"predicted":["#) == true, "\(answer)")
        }
        // Several at once, and the start of another.
        let rows = String(repeating: #"{"text": "a towel"}"# + "\n", count: 3)
        #expect(try partner.answer(to: rows + #"{"text": "#, lines: 3).count == 3)
        #expect(try partner.answer(to: #""late"}"# + "\n", lines: 1).count == 1)
        #expect(try partner.end() == 0)
    }

    @Test func linesAndTablesToo() throws {
        let program = try prepared()
        let lines = try Partner(program, ["--format", "jsonl"])
        for text in ["a\n", "the room was cold\n"] {
            #expect(try lines.answer(to: text, lines: 1).count == 1)
        }
        #expect(try lines.end() == 0)
        let table = try Partner(program, ["--input", "-", "--input-format", "csv", "--format", "csv"])
        #expect(try table.answer(to: "id,text\n1,\"a, b\"\n", lines: 2).count == 2)
        #expect(try table.answer(to: "2,c\n", lines: 1).count == 1)
        #expect(try table.end() == 0)
    }

    /// What was sent in pieces is what is sent at once.
    @Test func answersDoNotDependOnPauses() throws {
        let program = try prepared()
        let texts = (0..<40).map { "win \($0) prizes or a towel" }
        try program.write(texts.joined(separator: "\n") + "\n", to: "t.txt")
        let whole = try program.run(
            "predict", "--model", "runs/spam/bayes", "--format", "jsonl", "--input", "t.txt")
        let partner = try Partner(program, ["--format", "jsonl"])
        let answers = try texts.flatMap { try partner.answer(to: $0 + "\n", lines: 1) }
        #expect(try partner.end() == 0)
        #expect(answers == whole.lines)
    }
}
