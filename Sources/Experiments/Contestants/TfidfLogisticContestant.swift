import Foundation
import Labels
import LinearModels
import Settings
import Tokenizers

/// `model: tfidf-logreg`: TF-IDF and logistic regression, with scikit-learn's options under its names (`_` is `-`).
struct TfidfLogisticContestant: Contestant {
    static let model = "tfidf-logreg"
    static let settingKeys = ["tfidf", "logistic"]

    let options: TfidfLogisticRegression

    init(settings: SettingsMapping, folder: URL) throws {
        options = TfidfLogisticRegression(
            tfidf: try settings["tfidf"].map { try TfidfOptions(setting: $0) } ?? TfidfOptions(),
            logistic: try settings["logistic"].map { try LogisticOptions(setting: $0) } ?? LogisticOptions())
    }

    var summary: String {
        let tfidf = options.tfidf
        let logistic = options.logistic
        let terms = tfidf.maxFeatures.map { "\($0) terms" } ?? "all terms"
        let scheme = logistic.multiClass == .ovr ? "one-vs-rest" : "multinomial"
        return [
            "TF-IDF of \(terms)", tfidf.stopWords == .none ? nil : "without \(tfidf.stopWords) stop words",
            tfidf.sublinearTf ? "sublinear" : nil, "\(scheme) logistic regression, C \(logistic.C)",
            logistic.classWeight == .none ? nil : "\(logistic.classWeight.rawValue) class weights",
        ].compactMap(\.self).joined(separator: ", ")
    }

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        FittedTfidfLogistic(
            model: try options.fit(task.train.texts, task.train.targets, labelSpace: task.labelSpace))
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        FittedTfidfLogistic(model: try FittedTfidfLogisticRegression(from: folder))
    }
}

struct FittedTfidfLogistic: FittedContestant {
    let model: FittedTfidfLogisticRegression

    let isProbabilistic = true
    var notices: [String] { model.notices.map(\.description) }

    func probabilities(of texts: [String]) -> Probabilities {
        model.probabilities(of: texts)
    }

    func save(to folder: URL) throws {
        try model.save(to: folder)
    }
}
