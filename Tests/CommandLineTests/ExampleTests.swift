import Foundation
import Testing

/// From nothing to a verified report: the program writes an experiment that it carries, and runs it.
@Suite struct ExampleTests {
    @Test func anExampleIsWrittenAndRun() throws {
        let program = try Program()
        let written = try program.run("init", "--example", "front-desk")
        #expect(
            written.output == "wrote front-desk.yaml; next: bakeoff run front-desk.yaml\n",
            "\(written.errors)")
        let own = Program.repository.appendingPathComponent("experiments/front-desk.yaml")
        #expect(try program.data("front-desk.yaml") == Data(contentsOf: own))
        let run = try program.run("run", "front-desk.yaml", "--format", "json")
        #expect(run.status == 0, "\(run.errors)")
        let places = try object(run.output)
        let output = try #require(places["output"] as? String)
        #expect(output.hasPrefix("/") && output.hasSuffix("/reports/front-desk"))
        #expect((places["models"] as? String)?.hasSuffix("/runs/front-desk") == true)
        #expect(try program.run("report", output, "--verify").status == 0)
    }

    @Test func anExampleReplacesNothingUnasked() throws {
        let program = try Program()
        try program.write("mine", to: "sms-spam.yaml")
        let refused = try program.run("init", "--example", "sms-spam")
        #expect(refused.status == 1 || refused.status == 2)
        #expect(try program.read("sms-spam.yaml") == "mine")
        #expect(try program.run("init", "--example", "sms-spam", "--force").status == 0)
        #expect(try program.read("sms-spam.yaml").contains("name: sms-spam"))
        #expect(try program.run("init", "--example", "sms-spam", "--output", "other.yaml").status == 0)
        #expect(program.exists("other.yaml"))
    }

    @Test(arguments: [
        (["--example", "front-dsk"], "did you mean 'front-desk'?"), ([], "give a data file to look at"),
        (["t.csv", "--example", "front-desk"], "not both"),
    ])
    func whatIsMeantMustBeClear(_ arguments: [String], _ words: String) throws {
        let program = try Program()
        let outcome = try program.run(["init"] + arguments)
        #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!program.exists("front-desk.yaml"))
    }
}
