import LinearAlgebra

/// A family of encoders: where its `config.json` states what, the names of its tensors, and its network.
///
/// Each is one file of this folder, or of another package: a value, handed to what loads as one of `EncoderArchitectures`.
public struct EncoderArchitecture: Sendable {
    /// The `model_type` of `config.json`.
    public let modelType: String
    /// What the names of its classes in `transformers` begin with.
    public let classPrefix: String
    /// The class of `transformers` that makes its tokens.
    public let tokenizerClass: String
    /// What stands before the encoder's names in the checkpoint of a model with a head, without the dot.
    public let prefix: String
    /// The keys of `config.json`.
    public let keys: ConfigurationKeys
    /// How tokens are numbered for the table of positions.
    public let numbering: PositionNumbering
    /// The linear layer between a sequence's first vector and its head; nil where there is none.
    public let pooler: PoolerPlace?
    /// The name of the linear layer that gives the logits, without `.weight` and `.bias`.
    public let head: String
    /// The layers for a configuration, without weights.
    public let network:
        @Sendable (EncoderConfiguration, ConfigurationFile) throws(EncoderError) -> any EncoderNetwork

    /// Where a pooler is.
    public struct PoolerPlace: Sendable {
        /// Without `.weight` and `.bias`, and without the encoder's prefix.
        public let name: String
        /// Whether it belongs to the encoder; else it is the first layer of a head of two.
        public let isInEncoder: Bool
        /// The pooler for a configuration, without weights.
        public let pooler: @Sendable (EncoderConfiguration, ConfigurationFile) throws(EncoderError) -> Pooler

        /// - Parameter pooler: The pooler for a configuration, without weights.
        public init(
            _ name: String, isInEncoder: Bool,
            pooler:
                @escaping @Sendable (EncoderConfiguration, ConfigurationFile) throws(EncoderError) -> Pooler
        ) {
            self.name = name
            self.isInEncoder = isInEncoder
            self.pooler = pooler
        }

        /// A pooler that no configuration changes.
        /// - Parameter inputDropout: How training drops elements of what it reads; nil if it does not.
        public init(
            _ name: String, isInEncoder: Bool, activation: Activation, inputDropout: DropoutKind? = nil
        ) {
            self.init(name, isInEncoder: isInEncoder) { sizes, _ in
                Pooler(hidden: sizes.axis(.hidden), activation: activation, inputDropout: inputDropout)
            }
        }

        /// Its name in the checkpoint of a model with a head.
        func path(in architecture: EncoderArchitecture) -> String {
            isInEncoder && !architecture.prefix.isEmpty ? "\(architecture.prefix).\(name)" : name
        }
    }

    /// - Parameter prefix: By default `modelType`.
    public init(
        modelType: String, classPrefix: String, tokenizerClass: String = "BertTokenizer",
        prefix: String? = nil, keys: ConfigurationKeys = .init(), numbering: PositionNumbering = .fromZero,
        pooler: PoolerPlace? = nil, head: String = "classifier",
        network:
            @escaping @Sendable (EncoderConfiguration, ConfigurationFile) throws(EncoderError) ->
            any EncoderNetwork
    ) {
        self.modelType = modelType
        self.classPrefix = classPrefix
        self.tokenizerClass = tokenizerClass
        self.prefix = prefix ?? modelType
        self.keys = keys
        self.numbering = numbering
        self.pooler = pooler
        self.head = head
        self.network = network
    }

    /// The `model_type` of a classifier of ours whose head reads no pooler: one that `transformers` does not know, since under
    /// its own it would put a pooler before the head.
    package var pooledModelType: String { "bakeoff-\(modelType)" }

    /// The `model_type` of one of its classes, such as `BertForSequenceClassification` or one of ours; nil for another's.
    func modelType(ofClass name: String) -> String? {
        for (prefix, type) in [(classPrefix, modelType), ("Bakeoff\(classPrefix)", pooledModelType)]
        where name.hasPrefix(prefix) {
            let kind = name.dropFirst(prefix.count)
            if kind.hasPrefix("For") || kind.hasSuffix("Model") { return type }
        }
        return nil
    }
}

extension EncoderArchitecture: Equatable {
    /// By `modelType`, since no two that are known together share one.
    public static func == (a: EncoderArchitecture, b: EncoderArchitecture) -> Bool {
        a.modelType == b.modelType
    }
}

/// The architectures that a program can load.
public struct EncoderArchitectures: Sendable {
    let all: [EncoderArchitecture]

    /// - Precondition: No two have the same `modelType`.
    public init(_ all: [EncoderArchitecture]) {
        precondition(Set(all.map(\.modelType)).count == all.count)
        self.all = all
    }

    /// Those of this package.
    public static let standard = EncoderArchitectures([
        .bert, .distilbert, .roberta, .xlmRoberta,
        .camembert, .data2vecText, .mpnet, .electra, .albert, .debertaV2, .modernbert,
    ])

    /// These and another one.
    public func adding(_ architecture: EncoderArchitecture) -> EncoderArchitectures {
        EncoderArchitectures(all + [architecture])
    }

    /// Such as `bert or distilbert`.
    private var names: String {
        let names = all.map(\.modelType)
        return names.count < 2
            ? names.joined() : "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
    }

    /// The architecture that a configuration names, and whether it is that of a classifier of ours without a pooler.
    ///
    /// `model_type` says it, or where that is missing the class that `architectures` names: what is not stated is not guessed,
    /// here as in `transformers`.
    func architecture(
        of file: ConfigurationFile
    ) throws(EncoderError) -> (architecture: EncoderArchitecture, isPooled: Bool) {
        let stated = try file.string("model_type")
        let classes = try file.strings("architectures") ?? []
        let ofClass = classes.lazy.compactMap { name in
            all.lazy.compactMap { $0.modelType(ofClass: name) }.first
        }.first
        guard let type = stated ?? ofClass else {
            throw .badConfiguration(
                key: "model_type",
                found: classes.first.map { "missing, with the architecture \(EncoderError.quoted($0))" }
                    ?? "missing",
                expected: "\(names); state what the weights are, such as \"model_type\": \"bert\"")
        }
        for architecture in all {
            if type == architecture.modelType { return (architecture, false) }
            if type == architecture.pooledModelType { return (architecture, true) }
        }
        throw .badConfiguration(key: "model_type", found: EncoderError.quoted(type), expected: names)
    }
}
