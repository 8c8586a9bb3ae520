import ArgumentParser
import Bakeoff
import LinearAlgebra

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tell versions, BLAS, threads and cores; what is missing, and the command that installs it."
    )

    func run() async throws {
        let diagnosis = await Diagnosis()
        let width = diagnosis.findings.map(\.topic.count).max() ?? 0
        for finding in diagnosis.findings {
            let space = String(repeating: " ", count: width - finding.topic.count)
            let remedy = finding.remedy.map { "; mend with: \($0)" } ?? ""
            try Terminal.print("\(finding.topic)\(space)  \(finding.text)\(remedy)")
        }
        if !diagnosis.isHealthy { throw ExitCode(1) }
    }
}
