import Foundation

private let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

/// The checkout.
public let checkout = tests.deletingLastPathComponent()

/// A golden file, or a folder of them, by its path in Tests/Oracles.
public func oracle(_ path: String) -> URL {
    tests.appendingPathComponent("Oracles").appendingPathComponent(path)
}
