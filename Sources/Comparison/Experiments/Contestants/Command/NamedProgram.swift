import Foundation

/// A program that a contestant of an experiment runs.
public struct NamedProgram: Equatable, Sendable {
    public let contestant: String
    /// It and its arguments, as the experiment file has them.
    public let command: [String]
}

extension NamedProgram: CustomStringConvertible {
    public var description: String { "\(command.joined(separator: " ")) (contestant '\(contestant)')" }
}

extension WorkItem {
    /// Several where a search tries them; none where it runs no program.
    var programs: [NamedProgram] {
        let own = contestant.contestant
        let commands = (own as? any Searched)?.commands ?? [own.command].compactMap(\.self)
        return commands.map { NamedProgram(contestant: id, command: $0) }
    }
}

extension ExperimentRun {
    /// Asks whether the programs may run that are to be run now; those whose results are stored are not run.
    /// - Throws: `ExperimentError.programsNotAllowed`.
    func askForPrograms(_ plan: RunPlan) throws(ExperimentError) {
        var programs: [NamedProgram] = []
        for item in plan.items where isWanted(item.id) {
            let new = item.programs.filter { !programs.contains($0) }
            if !new.isEmpty, options.force || item.costWhenDone == nil { programs += new }
        }
        if !programs.isEmpty, !options.allowsPrograms(programs) { throw .programsNotAllowed(programs) }
    }
}
