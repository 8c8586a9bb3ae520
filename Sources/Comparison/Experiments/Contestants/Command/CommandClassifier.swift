import DeterministicWork
import Foundation
import Labels
import Learners
import Results
import SafeFiles
import Synchronization
import TextClassifiers

/// A program of the user's own as a classifier.
struct CommandClassifier: TextClassifier {
    let program: CommandProgram

    func check(_ labelSpace: LabelSpace) throws { _ = try program.path }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedCommand {
        try context.stopIfAsked()
        let session = CommandSession(
            program: program, folder: try ItemFolder(in: context.workFolder, task, context),
            context: context, validation: task.validation?.texts ?? [])
        if !program.isOneCall { try session.keepingFailure { try session.call("fit") } }
        try context.stopIfAsked()
        return FittedCommand(session: session, labelSpace: task.labelSpace)
    }
}

/// A program that was fitted, or will be by the call that predicts.
struct FittedCommand: FittedTextClassifier {
    fileprivate let session: CommandSession
    let labelSpace: LabelSpace

    /// Known once it has predicted.
    var isProbabilistic: Bool { session.isProbabilistic }

    var notices: [String] {
        session.program.isOneCall
            ? ["it fits and predicts in one call: the time of fitting is in that of prediction"] : []
    }

    var outsideUse: OutsideUse? { session.use }

    func probabilities(of texts: [String]) throws -> Probabilities {
        if texts.isEmpty { return Probabilities(labelCount: labelSpace.count, values: []) }
        return try session.probabilities(of: texts)
    }

    func save(to folder: URL) throws {
        try OutputFile.write(
            try ModelFile.encoded(["command": session.program.command]),
            to: folder.appendingPathComponent("command.json"))
    }

    init(from folder: URL, labelSpace: LabelSpace) throws {
        throw ExperimentError.missingModel(in: folder, because: CommandContestant.missingModel)
    }

    fileprivate init(session: CommandSession, labelSpace: LabelSpace) {
        (self.session, self.labelSpace) = (session, labelSpace)
    }
}

/// The calls of one program for one work item.
private final class CommandSession: Sendable {
    let program: CommandProgram
    private let folder: ItemFolder
    private let context: FitContext
    /// Predicted together with the texts that are asked for first, so that the program starts once for both.
    private let validation: [String]
    private let state = Mutex(State())

    private struct State {
        /// Nil until it has predicted.
        var isProbabilistic: Bool?
        /// Of `validation`.
        var validation: Probabilities?
        var use = OutsideUse()
        var log = ""
    }

    init(program: CommandProgram, folder: ItemFolder, context: FitContext, validation: [String]) {
        self.program = program
        self.folder = folder
        self.context = context
        self.validation = validation
    }

    var isProbabilistic: Bool { state.withLock { $0.isProbabilistic ?? true } }
    var use: OutsideUse { state.withLock { $0.use } }

    /// Does some work, after whose failure the folder can be looked at, where a run has a place for it. Whatever is wrong with
    /// the folder's files is the program's failure.
    func keepingFailure<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let stop as RunStopped {
            throw stop
        } catch {
            if context.workFolder != nil { folder.keep() }
            throw error is CommandError ? error : CommandError.badFolder(reason: "\(error)")
        }
    }

    func probabilities(of texts: [String]) throws -> Probabilities {
        let kept = state.withLock { $0.validation }
        if let kept, texts == validation { return kept }
        return try keepingFailure { try predict(texts, isFirst: kept == nil && !validation.isEmpty) }
    }

    /// - Parameter isFirst: Whether the validation part has yet to be predicted.
    private func predict(_ texts: [String], isFirst: Bool) throws -> Probabilities {
        // The texts that are wanted now may be the validation part themselves.
        let others = isFirst && texts != validation ? validation : []
        try folder.write(textsToPredict: texts + others)
        try call(program.isOneCall ? "fit-predict" : "predict")
        let (all, isProbabilistic) = try folder.readPredictions(rowCount: texts.count + others.count)
        let wanted = all.selecting(Array(texts.indices))
        state.withLock {
            // One call may have decided where another had probabilities.
            $0.isProbabilistic = ($0.isProbabilistic ?? true) && isProbabilistic
            if isFirst {
                $0.validation =
                    others.isEmpty ? wanted : all.selecting(Array(texts.count..<texts.count + others.count))
            }
        }
        return wanted
    }

    /// Runs the program and writes down what it said and used.
    func call(_ verb: String) throws {
        let call = ProgramCall(program: program, verb: verb, folder: folder.url)
        let outcome = try call.run(shouldStop: context.shouldStop)
        let log = state.withLock { state in
            state.log += outcome.log
            state.use.peakMemoryBytes = max(state.use.peakMemoryBytes, outcome.peakMemoryBytes)
            return state.log
        }
        if let file = context.log { try OutputFile.write(log, to: file) }
        try outcome.check()
        if verb != "fit", !folder.hasPredictions {
            throw CommandError.noPredictions(
                call: outcome.call, file: folder.predictions.path, said: outcome.said)
        }
        let cost = try folder.readCost()
        state.withLock { $0.use.reported = cost }
    }
}
