import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: hashed-ngrams`: vectors of words and hashed n-grams, averaged, and a linear layer: fastText's supervised mode.
struct HashedNgramsContestant: Contestant {
    static let model = "hashed-ngrams"
    static let otherNames = ["fasttext", "fast-text", "supervised", "ngrams", "bag-of-ngrams"]
    static let purpose =
        "Vectors of words and hashed n-grams, averaged, with a linear layer, trained together: fastText's supervised mode."
    static var settingKeys: KeyReference { keys.reference }

    private static let keys = KeyTable(HashedNgramOptions()) {
        SettingKey("dim", \.dim, .count(atLeast: 1), "The length of a vector.")
        SettingKey("epochs", \.epochs, .count(atLeast: 1), "The number of epochs.")
        SettingKey(
            "learning-rate", \.learningRate, .positive,
            "The learning rate of the first row; it falls linearly to 0.")
        SettingKey(
            "word-ngrams", \.wordNgrams, .count(atLeast: 1),
            "The most words of a word n-gram; 1 has words alone.")
        SettingKey(
            "min-count", \.minCount, .count(atLeast: 1), "Words that are less often in train are left out.")
        SettingKey("minn", \.minn, .count(atLeast: 0), "The fewest characters of a character n-gram.")
        SettingKey(
            "maxn", \.maxn, .count(atLeast: 0), "The most characters of a character n-gram; 0 has none.")
        SettingKey(
            "bucket", \.bucket, .count(atLeast: 1),
            "Into how many numbers n-grams are hashed; those with one number share a vector.")
        SettingKey(
            "loss", \.loss, .choice,
            absent: "softmax where a row has one label, else one-vs-all", "The loss that is minimised.")
    }

    private let options: HashedNgramOptions

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try HashedNgramsContestant.keys.readOwn(settings)
        options = keys.values
        if let maxn = keys.setting(\.maxn), options.maxn > 0, options.maxn < options.minn {
            throw maxn.badValue(expected: "0, or at least minn, \(options.minn)")
        }
        if let minn = keys.setting(\.minn), options.maxn == 0, options.minn > 0 {
            throw minn.badValue(expected: "0 without maxn, as there are no character n-grams")
        }
    }

    var summary: String {
        let grams =
            (options.wordNgrams > 1 ? ", word n-grams to \(options.wordNgrams)" : "")
            + (options.maxn > 0 ? ", character n-grams \(options.minn) to \(options.maxn)" : "")
        return
            "averaged vectors of \(options.dim)\(grams), \(counted(options.epochs, "epoch")), learning rate \(options.learningRate)"
    }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { HashedNgramClassifier(options) }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedHashedNgrams(from: folder, labelSpace: labelSpace)
    }
}
