import Foundation

extension TextTokenizer {
    /// The tokenizer of a checkpoint: from `tokenizer.json` if the folder has one, else from the older files.
    ///
    /// As in `transformers` 5, BERT's own class of tokenizer has its rules on lower-casing, accents and ideographs from
    /// `tokenizer_config.json`, or from the class's defaults where that is silent, whatever `tokenizer.json` says: there is
    /// a notice where the two disagree. Every other class has all from `tokenizer.json`. Added tokens in
    /// `tokenizer_config.json` count more than those in `tokenizer.json`.
    public init(folder: URL) throws(TokenizerError) {
        try self.init(files: TokenizerFiles(folder: folder))
    }

    package init(files: TokenizerFiles) throws(TokenizerError) {
        let reader = try TokenizerFileReader(files: files)
        if try reader.isBert {
            let (configuration, stated, notices) = try reader.configuration()
            try self.init(configuration, notices: notices, stated: stated)
        } else {
            let parts = try reader.parts()
            try self.init(
                parts, origin: .files(files), special: reader.special(parts), maxLength: reader.maxLength(),
                notices: [])
        }
    }
}
