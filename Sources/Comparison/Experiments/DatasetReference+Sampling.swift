import Corpora
import Foundation
import TextTokenizers

extension DatasetReference {
    /// Files of more bytes are not read whole to be described.
    private static let greatestSize = 1 << 30
    /// Enough that a share of 1% is known to within 0.05 points.
    private static let sampleSize = 200_000

    /// How many rows are to be drawn for a description; nil where all can be read.
    public func sampleForDescription(cache: URL) throws -> Int? {
        if cleaning.randomRows != nil { return nil }
        let bytes = try local(cache: cache).schema.files.byteCount
        return bytes > DatasetReference.greatestSize ? DatasetReference.sampleSize : nil
    }

    /// The same dataset, of which only so many random rows are read.
    public func sampled(_ rows: Int) -> DatasetReference {
        var sampled = self
        sampled.cleaning.randomRows = rows
        return sampled
    }
}

extension TokenLengths {
    /// Counts the tokens of texts as a model's tokenizer cuts them.
    public init(of texts: [String], in folder: EncoderFolder, maxLengths: [Int]) throws {
        let tokenizer = try TextTokenizer(folder: folder.url)
        let encodings = tokenizer.encode(texts, maxLength: nil)
        self.init(
            model: folder.name, lengths: texts.indices.map { encodings[$0].count },
            maxLengths: maxLengths)
    }
}
