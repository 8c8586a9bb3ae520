import Foundation

extension TextTokenizer {
    /// The tokenizer of a checkpoint: from `tokenizer.json` if the folder has one, else from the older files.
    ///
    /// As in `AutoTokenizer` of `transformers` 5, the class of tokenizer counts, which `tokenizer_config.json` or
    /// `config.json` names, or else the type of model: BERT's class has its rules on lower-casing, accents and ideographs
    /// from `tokenizer_config.json`, or its own defaults where that is silent; the classes of `TokenizerClass` make all
    /// their stages; and both take no more than the vocabulary, the added tokens and what else a class leaves to it from
    /// `tokenizer.json`. There is a notice where the two disagree. Every other class has all from `tokenizer.json`. Added
    /// tokens in `tokenizer_config.json` count more than those in `tokenizer.json`.
    public init(folder: URL) throws(TokenizerError) {
        try self.init(files: TokenizerFiles(folder: folder))
    }

    package init(files: TokenizerFiles) throws(TokenizerError) {
        let reader = try TokenizerFileReader(files: files)
        if try reader.isBert {
            let (configuration, stated, notices) = try reader.configuration()
            try self.init(configuration, notices: notices, stated: stated)
            return
        }
        if case .ownClass(let kind) = try reader.ruleSource() {
            let (parts, notices) = try reader.parts(of: kind)
            try self.init(reader, parts, kind, notices)
        } else {
            try self.init(reader, reader.parts(), nil, [])
        }
    }

    /// The tokenizer that `tokenizer.json` states part by part, as `Tokenizer.from_file` of `tokenizers` reads it: no
    /// class's rules and no class's special tokens.
    /// - Parameter files: `tokenizer.json` alone.
    package init(stated files: TokenizerFiles) throws(TokenizerError) {
        let reader = try TokenizerFileReader(files: files)
        try self.init(reader, reader.parts(), nil, [])
    }

    private init(
        _ reader: TokenizerFileReader, _ parts: TokenizerParts, _ kind: TokenizerClass?, _ notices: [String]
    ) throws(TokenizerError) {
        let (side, sideNotices) = try reader.truncationSide()
        try self.init(
            parts, origin: .files(reader.files), special: reader.special(parts, kind),
            maxLength: reader.maxLength(), truncationSide: side, notices: notices + sideNotices)
    }
}
