import Foundation
import Testing

/// `serve`, as a user starts and ends it; what it answers is tested in LivePagesTests, and the page by
/// scripts/test-pages.sh.
@Suite struct ServeTests {
    private func ran() throws -> Program {
        let program = try Program()
        try program.write(
            """
            name: small
            dataset: {recipe: front-desk}
            contestants: [vader, {id: words, model: naive-bayes}]
            report: {analysis: false}
            """, to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        #expect(run.status == 0, "\(run.errors)")
        return program
    }

    @Test func servesUntilItIsInterrupted() throws {
        let program = try ran()
        for arguments in [
            ["reports/small"], ["--model", "runs/small/vader", "--model", "runs/small/words"],
            ["reports/small", "--models", "runs/small"],
            [Program.repository.appendingPathComponent("reports/sms-spam").path],
        ] {
            let serve = try program.run(["serve"] + arguments, interruptedAt: "ctrl-C ends it")
            #expect(serve.status == 0, "\(serve.errors)")
            #expect(
                serve.output.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/\n/) != nil,
                "\(serve.output)")
        }
    }

    @Test func wrongUsageIsSaidAtOnce() throws {
        let program = try Program()
        try program.write("name: e\n", to: "e.yaml")
        for (arguments, words) in [
            ([], "name the folder of a run, or models with --model"),
            (["r", "--model", "m"], "give either the folder of a run or --model, not both"),
            (["--model", "m", "--models", "n"], "--models goes with the folder of a run"),
            (["r", "--port", "0"], "--port must be at least 1"),
            (["r", "--port", "70000"], "70000"),
            (["none"], "none/results.json: no such file"),
            (["e.yaml"], "as e.yaml is a file; expected the folder of a run"),
            (["--model", "none"], "no such folder"),
        ] {
            let serve = try program.run(["serve"] + arguments)
            #expect(serve.status == 2 && serve.output.isEmpty, "\(arguments)")
            #expect(serve.errors.contains(words), "\(serve.errors)")
        }
    }
}
