import DeterministicWork
import Foundation
import Labels
import Results
import SafeFiles
import Synchronization
import TextClassifiers

/// The folder by which a program is told of a work item and answers: the files of the protocol.
///
/// It is made under a name that was never used, so that a program that outlived an earlier run writes elsewhere, and goes with
/// the value, unless it is kept.
final class ItemFolder: Sendable {
    let url: URL
    private let labelSpace: LabelSpace
    private let isKept = Mutex(false)

    /// Leaves the folder to whoever wants to see why a program failed.
    func keep() { isKept.withLock { $0 = true } }

    var predictions: URL { url.appendingPathComponent("predictions.csv") }

    /// Whether there is a file of predictions, not a folder or a pipe of that name.
    var hasPredictions: Bool {
        var information = stat()
        return stat(predictions.path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    }

    /// - Parameter parent: Where it is made; nil for the system's folder for temporary files.
    init(in parent: URL?, _ task: TrainingTask, _ context: FitContext) throws {
        let parent = parent ?? FileManager.default.temporaryDirectory
        url = parent.appendingPathComponent("item-\(UUID().uuidString)").absoluteURL
        labelSpace = task.labelSpace
        try makeFolder(url)
        try OutputFile.write(
            try StableJSON.encode(
                Item(
                    task: task.name, seed: context.seed, fold: context.fold, threads: Threads.count,
                    labelSpace: labelSpace)),
            to: url.appendingPathComponent("item.json"))
        try write(task.train, to: "train.csv")
        // Without a validation part the file has its header alone, so that every program may read it.
        try write(
            task.validation ?? Examples(texts: [], targets: task.train.targets.selecting([])),
            to: "validation.csv")
    }

    deinit { if !isKept.withLock({ $0 }) { try? FileManager.default.removeItem(at: url) } }

    /// What `item.json` says. Keys are always there, null where there is nothing to say.
    private struct Item: Encodable {
        let `protocol` = 1
        let task: String?
        let seed: UInt64
        let fold: Int?
        let threads: Int
        let labelSpace: LabelSpace

        private enum CodingKeys: String, CodingKey {
            case `protocol`, task, seed, fold, threads
            case labelSpace = "label_space"
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(`protocol`, forKey: .protocol)
            try object.encode(task, forKey: .task)
            try object.encode(seed, forKey: .seed)
            try object.encode(fold, forKey: .fold)
            try object.encode(threads, forKey: .threads)
            try object.encode(labelSpace, forKey: .labelSpace)
        }
    }

    private func write(_ examples: Examples, to name: String) throws {
        var bytes: [UInt8] = []
        appendCSVLine(["id", "text", "label"], to: &bytes)
        for (row, text) in examples.texts.enumerated() {
            let labels = labelSpace.cell(examples.targets.labels(ofRow: row))
            appendCSVLine(["\(row)", text, labels], to: &bytes)
        }
        try OutputFile.write(bytes, to: url.appendingPathComponent(name))
    }

    /// Writes `predict.csv`, and takes the predictions of an earlier call away.
    ///
    /// Ids are numbers of the file's own: by those of the dataset the labels could be looked up.
    func write(textsToPredict texts: [String]) throws {
        try? FileManager.default.removeItem(at: predictions)
        var bytes: [UInt8] = []
        appendCSVLine(["id", "text"], to: &bytes)
        for (row, text) in texts.enumerated() { appendCSVLine(["\(row)", text], to: &bytes) }
        try OutputFile.write(bytes, to: url.appendingPathComponent("predict.csv"))
    }

    /// Reads `predictions.csv`: a row for each of `predict.csv`, in any order.
    /// - Returns: The probabilities, in the order of `predict.csv`, and whether they are such.
    func readPredictions(rowCount: Int) throws -> (probabilities: Probabilities, isProbabilistic: Bool) {
        let read = try ExternalPredictions(contentsOf: predictions, labelSpace: labelSpace)
        let ids = (0..<rowCount).map { "\($0)" }
        guard let given = read.ids else { throw CommandError.noIDs(file: predictions.path) }
        let missing = ids.filter { !given.contains($0) }
        if let first = missing.first {
            throw CommandError.missingRow(
                id: first, file: predictions.path, missing: missing.count, of: rowCount)
        }
        if let surplus = given.subtracting(ids).min() {
            throw CommandError.surplusRow(id: surplus, file: predictions.path)
        }
        let probabilities = try read.probabilities(ofIDs: ids)
        if labelSpace.kind != .multilabel { try checkSums(probabilities) }
        return (probabilities, read.hasProbabilities)
    }

    /// How far the probabilities of a row may sum from 1: three digits may be written.
    private var sumTolerance: Double { max(0.001, 0.0005 * Double(labelSpace.count)) }

    private func checkSums(_ probabilities: Probabilities) throws(CommandError) {
        for (row, sum) in probabilities.rowSums.enumerated() where abs(sum - 1) > sumTolerance {
            throw .sum(id: "\(row)", file: predictions.path, sum: sum)
        }
    }

    /// What the program says that it cost, by the names that it gives: `cost.json`, an object of numbers that are not below 0.
    /// Empty where there is no such file.
    func readCost() throws -> [String: Double] {
        let file = url.appendingPathComponent("cost.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return [:] }
        let bytes = try InputFile(file).readToEnd()
        guard let cost = try? JSONDecoder().decode([String: Double].self, from: Data(bytes)),
            cost.values.allSatisfy({ $0.isFinite && $0 >= 0 })
        else {
            throw CommandError.badCost(
                file: file.path,
                reason: "expected an object of numbers that are not below 0, such as {\"USD\": 0.12}")
        }
        return cost
    }
}
