/// How Python's `transformers` loads a saved classifier.
public enum TransformersLoading: Equatable, Sendable {
    /// By a class of its own.
    case builtIn
    /// By a Python file in the model's folder, which computes what no class of `transformers` does.
    case modelingFile(name: String, headReads: String)
}
