/// What a fetch is at.
public enum FetchProgress: Equatable, Sendable {
    case askingIndex(package: String)
    /// Bytes received so far, of how many if the server says.
    case downloading(what: String, received: Int, total: Int?)
    case unpacking(String)
    case verifying(String)
}
