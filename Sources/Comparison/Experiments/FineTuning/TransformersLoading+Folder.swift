import Foundation
import Results
import TextClassifiers

extension TransformersLoading {
    /// Nil where the folder holds no classifier that `transformers` could load.
    public init?(classifierIn folder: URL) {
        guard let classifier = try? ClassifierFolder(folder), (try? classifier.labelSpace()) != nil else {
            return nil
        }
        self =
            classifier.pooling == .pooler
            ? .builtIn
            : .modelingFile(name: PooledModelFile.name, headReads: classifier.pooling.words)
    }
}
