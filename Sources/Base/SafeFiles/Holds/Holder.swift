/// One hold of a folder by one process.
public struct Holder: Codable, Equatable, Sendable {
    /// Of this hold alone.
    package let token: String
    package let process: ProcessMark

    package init(token: String, process: ProcessMark) {
        (self.token, self.process) = (token, process)
    }
}

extension Holder: CustomStringConvertible {
    /// Such as `process 4711 on node3`.
    public var description: String { "process \(process.process) on \(process.host)" }
}
