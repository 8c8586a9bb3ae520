import Foundation

/// A pause between two looks at what another process does, longer each time up to a second.
public struct Pause {
    private var milliseconds: UInt32 = 1

    public init() {}

    public mutating func callAsFunction() {
        usleep(milliseconds * 1000)
        milliseconds = min(1000, milliseconds * 2)
    }
}
