import Foundation
import Labels
import Testing

struct LabelSpaceTests {
    @Test func namesKeepTheirOrder() throws {
        let space = try LabelSpace(kind: .multiclass, names: ["joy", "anger", "fear"])
        #expect(space.count == 3)
        #expect(space.indices == ["joy": 0, "anger": 1, "fear": 2])
        #expect(try JSONDecoder().decode(LabelSpace.self, from: JSONEncoder().encode(space)) == space)
    }

    @Test(arguments: [
        (LabelKind.multiclass, ["a", ""], LabelError.emptyName),
        (.multiclass, ["a", "b|c"], .reservedCharacter(name: "b|c")),
        (.multiclass, ["a", "b", "a"], .repeatedName("a")),
        (.multiclass, ["a"], .tooFewNames(kind: .multiclass, names: ["a"])),
        (.multilabel, [], .tooFewNames(kind: .multilabel, names: [])),
        (.binary, ["a", "b", "c"], .notTwoNames(["a", "b", "c"])),
    ])
    func badNames(kind: LabelKind, names: [String], error: LabelError) {
        #expect(throws: error) { try LabelSpace(kind: kind, names: names) }
        #expect(!error.description.isEmpty)
    }

    @Test func fewestNames() throws {
        #expect(try LabelSpace(kind: .multilabel, names: ["a"]).count == 1)
        #expect(try LabelSpace(kind: .multiclass, names: ["a", "b"]).count == 2)
    }
}
