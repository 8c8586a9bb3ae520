import Evaluation
import Experiments
import Foundation
import Labels
import Results
import SafeFiles
import SettingKeys

/// What was handed in: a file of predictions, or the folder of a saved model, which labels the texts.
package struct ClassEntry: Sendable {
    /// As it was named.
    package let name: String
    /// None for an entry that is scored.
    package let faults: [EntryFault]
    /// The test rows that have a prediction as it should be.
    package let usableRows: Int
    /// On all test rows of the class; nil where something is wrong.
    package let predictions: ScoredPredictions?
    package let claim: EntryClaim?
    /// What is worth knowing and keeps nothing from being scored.
    package let notices: [String]

    /// Reads an entry. Whatever is wrong with it is a fault, not an error.
    package init(_ url: URL, of secret: ClassSecret) {
        name = url.lastPathComponent
        var reading = EntryReading(url, secret)
        var claim: EntryClaim?
        do throws(SettingsError) {
            claim = try EntryClaim(beside: url)
        } catch {
            let folder = url.deletingLastPathComponent().path + "/"
            reading.faults.append(EntryFault(.claim, error.description.replacing(folder, with: "") + "."))
        }
        self.claim = claim
        faults = reading.faults
        usableRows = reading.usableRows
        notices = reading.notices
        predictions =
            reading.faults.isEmpty
            ? reading.predictions.map {
                ScoredPredictions(
                    id: url.lastPathComponent, isProbabilistic: reading.isProbabilistic, test: $0,
                    validation: nil)
            } : nil
    }
}

/// How an entry is read.
private struct EntryReading {
    var faults: [EntryFault] = []
    var usableRows = 0
    var predictions: Predictions?
    var isProbabilistic = false
    var notices: [String] = []

    private let url: URL
    private let secret: ClassSecret

    init(_ url: URL, _ secret: ClassSecret) {
        self.url = url
        self.secret = secret
        read()
        let metric = secret.record.metric
        if faults.isEmpty, metric.needsProbabilities, !isProbabilistic {
            faults.append(
                EntryFault(
                    .probabilityColumns,
                    "There are no probabilities, from which \(metric.readableName) is computed; expected a column p_ and its name for each label."
                ))
        }
    }

    private mutating func read() {
        let claim = EntryClaim.file(beside: url)
        if let link = firstLink(at: url) ?? (isLink(claim) ? claim : nil) {
            let name = shown(link.lastPathComponent)
            return faults.append(
                EntryFault(
                    .link, "\(name) is a link; expected the file itself, since links may lead anywhere."))
        }
        guard FileManager.default.fileExists(atPath: url.path) else {
            return faults.append(
                EntryFault(.notFound, "There is no \(shown(url.lastPathComponent))\(others)."))
        }
        if isFolder(url) { readModel() } else { readFile() }
    }

    /// What else stands where the entry should be.
    private var others: String {
        let names = fileNames(in: url.deletingLastPathComponent()).filter { !$0.hasPrefix(".") }.sorted()
        return names.isEmpty ? "" : "; found \(listed(names))"
    }

    // MARK: A file

    private mutating func readFile() {
        let (ids, space) = (secret.rows.ids, secret.record.labelSpace)
        let check = EntryCheck(url, ids: ids, labelSpace: space)
        (faults, usableRows) = (check.faults, check.usableRows)
        guard faults.isEmpty else { return }
        do {
            let read = try ExternalPredictions(contentsOf: url, labelSpace: space)
            isProbabilistic = read.hasProbabilities
            notices = read.notices.map(withoutPath)
            predictions = Predictions(
                labelSpace: space, ids: ids, gold: secret.rows.gold,
                predicted: try read.decisions(ofIDs: ids), probabilities: try read.probabilities(ofIDs: ids))
        } catch {
            var kind = EntryFault.Kind.unreadable
            if case ResultsError.disagreeingPrediction = error { kind = .disagreement }
            faults.append(EntryFault(kind, withoutPath("\(error)") + "."))
        }
    }

    private func withoutPath(_ text: String) -> String {
        text.replacing(url.path, with: url.lastPathComponent)
    }

    // MARK: A model

    /// Reads weights and settings, and labels the texts: nothing of the folder is executed.
    private mutating func readModel() {
        let space = secret.record.labelSpace
        do {
            let model = try SavedModel(folder: url)
            guard model.labelSpace.kind == space.kind, Set(model.labelSpace.names) == Set(space.names) else {
                return faults.append(
                    EntryFault(
                        .model,
                        "The model knows the labels \(listed(model.labelSpace.names)) (\(model.labelSpace.kind.rawValue)); expected \(listed(space.names)) (\(space.kind.rawValue))."
                    ))
            }
            notices = model.notices.map(withoutPath)
            isProbabilistic = model.isProbabilistic
            predictions = labelled(try model.predict(secret.rows.texts), space)
            usableRows = secret.rows.ids.count
        } catch {
            faults.append(EntryFault(.model, withoutPath("\(error)") + "."))
        }
    }

    /// In the order of the class's labels.
    private func labelled(_ texts: [TextPrediction], _ space: LabelSpace) -> Predictions {
        let places = space.indices
        var decided = TargetsBuilder(space)
        var values: [Double] = []
        for text in texts {
            decided.add(text.predicted.compactMap { places[$0] }.sorted())
            var row = Array(repeating: 0.0, count: space.count)
            for entry in text.probabilities {
                // As predictions are stored.
                if let place = places[entry.label] { row[place] = Double(Float(entry.probability)) }
            }
            values += row
        }
        return Predictions(
            labelSpace: space, ids: secret.rows.ids, gold: secret.rows.gold, predicted: decided.targets,
            probabilities: Probabilities(labelCount: space.count, values: values))
    }
}
