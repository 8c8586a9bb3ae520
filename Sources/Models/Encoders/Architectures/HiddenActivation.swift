import LinearAlgebra

/// The function between the two products of a feed-forward layer.
public enum HiddenActivation: Equatable, Sendable {
    /// By the error function.
    case geluExact
    /// By the approximation with tanh.
    case geluTanh
    case relu

    public var function: Activation {
        switch self {
        case .geluExact: .geluExact
        case .geluTanh: .geluTanh
        case .relu: .relu
        }
    }

    /// Hugging Face's first name of it.
    public var name: String {
        switch self {
        case .geluExact: "gelu"
        case .geluTanh: "gelu_new"
        case .relu: "relu"
        }
    }

    /// By Hugging Face's names (`transformers.activations.ACT2FN`).
    init(named name: String, key: String) throws(EncoderError) {
        switch name {
        case "gelu", "gelu_python": self = .geluExact
        case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate":
            self = .geluTanh
        case "relu": self = .relu
        default:
            throw .badConfiguration(
                key: key, found: name, expected: "gelu, gelu_new, gelu_pytorch_tanh or relu")
        }
    }
}

extension Activation {
    /// That of a pooler, by Hugging Face's names.
    init(named name: String, key: String) throws(EncoderError) {
        self = name == "tanh" ? .tanh : try HiddenActivation(named: name, key: key).function
    }
}
