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
        let (side, sideNotices) = try reader.truncationSide()
        var (kind, notices): (TokenizerClass?, [String]) = (nil, [])
        let parts: TokenizerParts
        if case .ownClass(let known) = try reader.ruleSource() {
            kind = known
            (parts, notices) = try reader.parts(of: known)
        } else {
            parts = try reader.parts()
        }
        try self.init(
            parts, origin: .files(files), special: reader.special(parts, kind), maxLength: reader.maxLength(),
            truncationSide: side, notices: notices + sideNotices)
    }
}
