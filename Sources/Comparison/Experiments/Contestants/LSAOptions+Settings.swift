import Features
import Foundation
import SettingKeys

/// The values of the keys of `lsa:`: its own and those of TF-IDF.
struct LSAKeys: Sendable {
    var components = LSAOptions().components
    var normalize = LSAOptions().normalize
    var tfidf = TfidfKeys()

    static let keys = KeyTable(LSAKeys()) {
        SettingKey(
            "components", \.components, .count(atLeast: 1),
            "The number of dimensions; where train has fewer texts or terms, as many as these.")
        SettingKey("normalize", \.normalize, .flag, "Whether vectors are scaled to L2 norm 1.")
        TfidfKeys.keys.lifted(to: \.tfidf)
    }
}

extension LSAOptions {
    /// - Parameter folder: What the path of a stop list starts from.
    init(setting: Setting, folder: URL) throws {
        let keys = try LSAKeys.keys.read(setting)
        self.init()
        (components, normalize) = (keys.components, keys.normalize)
        tfidf = try TfidfOptions(keys.part(\.tfidf, of: TfidfKeys.keys), folder: folder)
    }
}
