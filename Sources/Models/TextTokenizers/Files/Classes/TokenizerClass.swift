/// A class of tokenizers of `transformers` 5 that makes its stages itself: from a vocabulary and from
/// `tokenizer_config.json`, whatever a `tokenizer.json` says of them.
enum TokenizerClass: String, CaseIterable, Sendable {
    case albert = "AlbertTokenizer"
    case camembert = "CamembertTokenizer"
    case deberta = "DebertaTokenizer"
    case debertaV2 = "DebertaV2Tokenizer"
    case gpt2 = "GPT2Tokenizer"
    case mpnet = "MPNetTokenizer"
    case roberta = "RobertaTokenizer"
    case xlmRoberta = "XLMRobertaTokenizer"

    /// - Parameter name: Of a class, without `Fast`.
    init?(name: String) {
        switch name {
        case "BartTokenizer": self = .roberta
        default: self.init(rawValue: name)
        }
    }

    /// The class that `AutoTokenizer` takes for a type of models where no file names one.
    init?(modelType: String) {
        switch modelType {
        case "albert": self = .albert
        case "camembert": self = .camembert
        case "deberta": self = .deberta
        case "deberta-v2": self = .debertaV2
        case "gpt2": self = .gpt2
        case "mpnet": self = .mpnet
        case "data2vec-text", "ibert", "longformer", "roberta", "roberta-prelayernorm": self = .roberta
        case "xlm-roberta", "xmod": self = .xlmRoberta
        default: return nil
        }
    }

    /// The kind of its model.
    enum Model {
        case bytePair, unigram, wordPiece

        /// As `tokenizer.json` names it.
        var name: String {
            switch self {
            case .bytePair: "BPE"
            case .unigram: "Unigram"
            case .wordPiece: "WordPiece"
            }
        }
    }

    var model: Model {
        switch self {
        case .albert, .camembert, .debertaV2, .xlmRoberta: .unigram
        case .deberta, .gpt2, .roberta: .bytePair
        case .mpnet: .wordPiece
        }
    }

    /// The files of its vocabulary where there is no `tokenizer.json`.
    var files: [TokenizerFiles.Name] {
        switch self {
        case .albert: [.albertPieces]
        case .camembert, .xlmRoberta: [.bytePairPieces]
        case .debertaV2: [.debertaPieces]
        case .deberta, .gpt2, .roberta: [.tokens, .merges]
        case .mpnet: [.vocabulary]
        }
    }

    /// The parts that a token can have to play, in the order in which the class adds the tokens.
    enum Role: String, CaseIterable, Sendable {
        case beginning = "bos_token"
        case end = "eos_token"
        case unknown = "unk_token"
        case separator = "sep_token"
        case padding = "pad_token"
        case classifier = "cls_token"
        case mask = "mask_token"
    }

    /// The token of a part where no file names one; nil where the class has none.
    func token(_ role: Role) -> String? {
        switch self {
        case .gpt2:
            switch role {
            case .beginning, .end, .unknown: "<|endoftext|>"
            case .separator, .padding, .classifier, .mask: nil
            }
        case .camembert, .roberta, .xlmRoberta: robertaToken(role)
        case .mpnet: role == .unknown ? "[UNK]" : robertaToken(role)
        case .deberta, .debertaV2: bertToken(role)
        case .albert:
            switch role {
            case .unknown: "<unk>"
            case .padding: "<pad>"
            case .beginning, .end, .separator, .classifier, .mask: bertToken(role)
            }
        }
    }

    private func robertaToken(_ role: Role) -> String {
        switch role {
        case .beginning, .classifier: "<s>"
        case .end, .separator: "</s>"
        case .unknown: "<unk>"
        case .padding: "<pad>"
        case .mask: "<mask>"
        }
    }

    private func bertToken(_ role: Role) -> String {
        switch role {
        case .beginning, .classifier: "[CLS]"
        case .end, .separator: "[SEP]"
        case .unknown: "[UNK]"
        case .padding: "[PAD]"
        case .mask: "[MASK]"
        }
    }

    /// A token of which the files give the name alone, with the flags that the class gives it.
    func plainToken(_ role: Role, _ content: String) -> AddedToken {
        var token = AddedToken.special(content)
        switch self {
        case .mpnet:
            token.isNormalized = true
            token.stripsLeft = role == .mask
        case .camembert: token.stripsLeft = role == .mask
        case .albert, .deberta, .debertaV2, .gpt2, .roberta, .xlmRoberta: break
        }
        return token
    }

    /// Further tokens that the class adds where no file names any.
    var extraTokens: [AddedToken] {
        switch self {
        case .camembert: ["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"].map(AddedToken.special)
        case .albert, .deberta, .debertaV2, .gpt2, .mpnet, .roberta, .xlmRoberta: []
        }
    }
}
