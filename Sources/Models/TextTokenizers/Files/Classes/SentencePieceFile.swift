/// A model of SentencePiece (`sentencepiece_model.proto`): its pieces, and what it says of texts.
struct SentencePieceFile {
    struct Piece {
        /// `ModelProto.SentencePiece.Type`.
        enum Kind: UInt64 {
            case normal = 1, unknown, control, userDefined, unused, byte
        }

        var text = ""
        var score = 0.0
        var kind = Kind.normal
    }

    /// `TrainerSpec.ModelType`.
    enum Algorithm: UInt64 {
        case unigram = 1, bytePair, word, character

        var name: String {
            switch self {
            case .unigram: "UNIGRAM"
            case .bytePair: "BPE"
            case .word: "WORD"
            case .character: "CHAR"
            }
        }
    }

    /// By id.
    private(set) var pieces: [Piece] = []
    private(set) var algorithm = Algorithm.unigram
    private(set) var unknown = 0
    /// The map of characters that normalizes a text; empty for none.
    private(set) var characterMap: [UInt8] = []
    /// Puts a space before a text.
    private(set) var addsSpaceBefore = true
    /// Drops spaces around a text, and all but one of several.
    private(set) var removesSpaces = true
    /// Makes spaces visible (U+2581).
    private(set) var escapesSpaces = true

    /// Numbers of fields, by the names that the format gives them.
    private enum Field {
        static let pieces: UInt64 = 1
        static let trainer: UInt64 = 2
        static let normalizer: UInt64 = 3

        static let pieceText: UInt64 = 1
        static let pieceScore: UInt64 = 2
        static let pieceType: UInt64 = 3

        static let modelType: UInt64 = 3
        static let unknownID: UInt64 = 40

        static let characterMap: UInt64 = 2
        static let addDummyPrefix: UInt64 = 3
        static let removeExtraWhitespaces: UInt64 = 4
        static let escapeWhitespaces: UInt64 = 5
    }

    init(_ bytes: [UInt8]) throws(ProtobufReader.Failure) {
        var reader = ProtobufReader(bytes)
        while let (field, value) = try reader.next() {
            guard case .bytes(let range) = value else { continue }
            switch field {
            case Field.pieces: pieces.append(try Self.piece(bytes, range))
            case Field.trainer: try readTrainer(bytes, range)
            case Field.normalizer: try readNormalizer(bytes, range)
            default: break
            }
        }
    }

    private static func piece(
        _ bytes: [UInt8], _ range: Range<Int>
    ) throws(ProtobufReader.Failure) -> Piece {
        var out = Piece()
        var reader = ProtobufReader(bytes, range)
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (Field.pieceText, .bytes(let text)):
                guard let piece = String(validating: bytes[text], as: UTF8.self) else {
                    throw ProtobufReader.Failure(
                        offset: text.lowerBound, reason: "a piece that is not UTF-8")
                }
                out.text = piece
            case (Field.pieceScore, .fixed32(let bits)):
                let score = Double(Float(bitPattern: bits))
                guard score.isFinite else {
                    throw ProtobufReader.Failure(offset: range.lowerBound, reason: "a score of \(score)")
                }
                out.score = score
            case (Field.pieceType, .integer(let number)): out.kind = Piece.Kind(rawValue: number) ?? .normal
            default: break
            }
        }
        return out
    }

    private mutating func readTrainer(
        _ bytes: [UInt8], _ range: Range<Int>
    ) throws(ProtobufReader.Failure) {
        var reader = ProtobufReader(bytes, range)
        while let (field, value) = try reader.next() {
            guard case .integer(let number) = value else { continue }
            switch field {
            case Field.modelType: algorithm = Algorithm(rawValue: number) ?? .unigram
            case Field.unknownID: unknown = Int(Int32(truncatingIfNeeded: number))
            default: break
            }
        }
    }

    private mutating func readNormalizer(
        _ bytes: [UInt8], _ range: Range<Int>
    ) throws(ProtobufReader.Failure) {
        var reader = ProtobufReader(bytes, range)
        while let (field, value) = try reader.next() {
            switch (field, value) {
            case (Field.characterMap, .bytes(let map)): characterMap = Array(bytes[map])
            case (Field.addDummyPrefix, .integer(let flag)): addsSpaceBefore = flag != 0
            case (Field.removeExtraWhitespaces, .integer(let flag)): removesSpaces = flag != 0
            case (Field.escapeWhitespaces, .integer(let flag)): escapesSpaces = flag != 0
            default: break
            }
        }
    }
}
