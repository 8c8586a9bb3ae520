/// The user asked a fitting to stop, and it did, with all that is finished kept.
public struct RunStopped: Error, Equatable {
    public init() {}
}

extension RunStopped: CustomStringConvertible {
    public var description: String { "stopped; the same command goes on where the run was" }
}
