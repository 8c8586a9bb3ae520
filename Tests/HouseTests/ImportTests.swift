import Foundation
import Testing

/// Imports run one way, downwards, as ARCHITECTURE.md says.
@Suite struct ImportTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    /// What each room may import of the others.
    private static let allowed: [String: Set<String>] = {
        var rooms: [String: Set<String>] = [
            "Labels": [], "Compute": [], "Settings": [],
            "Files": ["CArchive", "CCompression"],
            "Corpora": ["CCurl", "Labels", "Compute", "Files", "Settings"],
            "LexiconModels": ["Compute"],
            "Tensors": ["COpenBLAS", "CKernels", "Compute"],
            "Tokenizers": ["Compute"],
            "LinearModels": ["Labels", "Compute", "Files", "Tensors", "Tokenizers"],
            "TransformerModels": ["Labels", "Compute", "Files", "Tensors"],
            "Evaluation": ["Labels", "Compute"],
            "Results": ["Corpora", "Evaluation", "Labels", "Files", "Settings"],
            "Reports": ["Results", "Corpora", "Evaluation", "Labels", "Files"],
            "Experiments": [
                "Labels", "Compute", "Files", "Settings", "Corpora", "LexiconModels", "LinearModels",
                "TransformerModels", "Tensors", "Tokenizers", "Evaluation", "Results",
            ],
        ]
        rooms["bakeoff"] = Set(rooms.keys)
        return rooms
    }()

    @Test func everyImportRunsDownwards() throws {
        let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
        var imports = 0
        for room in rooms where !room.hasPrefix("C") || room == "Compute" || room == "Corpora" {
            let allowed = try #require(Self.allowed[room], "the room \(room) is not in the plan")
            let files = FileManager.default.enumerator(
                at: Self.sources.appendingPathComponent(room), includingPropertiesForKeys: nil)
            for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
                for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1
                    else { continue }
                    let imported = String(words[words.count - 1])
                    guard rooms.contains(imported) else { continue }
                    imports += 1
                    #expect(
                        allowed.contains(imported), "\(room)/\(file.lastPathComponent) imports \(imported)")
                }
            }
        }
        #expect(imports > 50)
    }

    /// What Foundation has of networks and XML traps, on Linux, on answers that it did not foresee.
    @Test func partsOfFoundationThatTrapAreNotUsed() throws {
        let files = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)
        var count = 0
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            count += 1
            for part in ["FoundationNetworking", "FoundationXML", "URLSession"] {
                #expect(!text.contains(part), "\(file.lastPathComponent) uses \(part)")
            }
        }
        #expect(count > 100)
    }
}
