/// A dataset of the Hugging Face hub: a repository, and one of the configurations that it has.
public struct HubDatasetName: Equatable, Hashable, Sendable {
    /// Of the kind `.dataset`.
    public let repository: HubName
    /// Nil for the repository's own choice.
    public let configuration: String?

    public init(_ repository: HubName, configuration: String? = nil) {
        precondition(repository.kind == .dataset)
        self.repository = repository
        self.configuration = configuration
    }
}
