import Evaluation
import Foundation
import Probes
import Testing

/// Labelers whose every answer is known.
@Suite struct BehaviourProbeTests {
    private static let texts = ["The room was clean.", "Hello Anna", "It was not warm", "LOUD"]

    /// Says whether a text denies something.
    private static let heedsNot = BehaviourProbe.Labeler(id: "heeds-not") { texts, progress in
        try progress(texts.count, texts.count)
        return texts.map { [$0.lowercased().contains("not") ? "denied" : "said"] }
    }
    /// Says the same of everything, with no label at all.
    private static let deaf = BehaviourProbe.Labeler(id: "deaf") { texts, _ in texts.map { _ in [] } }
    /// Says another label for capitals.
    private static let heedsCase = BehaviourProbe.Labeler(id: "heeds-case") { texts, _ in
        texts.map { [$0 == $0.uppercased() ? "loud" : "calm"] }
    }

    private func probe(
        _ checks: [BehaviourCheck], examples: Int = 1, texts: [String] = texts
    ) throws -> BehaviourProbe {
        try BehaviourProbe(
            of: [Self.heedsNot, Self.deaf, Self.heedsCase], texts: ProbeTexts(texts, source: "mine"),
            checks: checks, examples: examples)
    }

    private func failures(_ probe: BehaviourProbe, _ edit: TextEdit) throws -> [Proportion] {
        try probe.contestants.map { contestant in
            try #require(contestant.outcomes.first { $0.edit == edit }).failures
        }
    }

    @Test func failuresAreCountedAmongEditedTexts() throws {
        let all = try probe(BehaviourCheck.all(of: TextEdit.allCases))
        // The first and the third can be denied.
        #expect(try failures(all, .negation) == [.init(0, of: 2), .init(2, of: 2), .init(2, of: 2)])
        #expect(try failures(all, .upperCase) == [.init(0, of: 3), .init(0, of: 3), .init(3, of: 3)])
        #expect(try failures(all, .lowerCase) == [.init(0, of: 4), .init(0, of: 4), .init(1, of: 4)])
        #expect(try failures(all, .name) == [.init(0, of: 1), .init(0, of: 1), .init(0, of: 1)])
        #expect(all.checks.map(\.edit) == TextEdit.allCases)
        #expect(all.checks.map(\.textCount) == all.contestants[0].outcomes.map(\.failures.total))
        #expect(all.checks.filter { $0.expectation == .change }.map(\.edit) == [.negation])

        let topics = try probe(BehaviourCheck.all(of: [.negation], negationStays: true))
        #expect(try failures(topics, .negation) == [.init(2, of: 2), .init(0, of: 2), .init(0, of: 2)])
    }

    @Test func examplesAreTheFirstFailures() throws {
        let two = try probe([BehaviourCheck(.upperCase, .stay)], examples: 2)
        let examples = try #require(two.contestants.last?.outcomes[0].examples)
        #expect(examples.map(\.text) == ["The room was clean.", "Hello Anna"])
        #expect(examples[1].edited == "HELLO ANNA" && examples[1].labels == ["calm"])
        #expect(examples[1].editedLabels == ["loud"])
        let none = try probe([BehaviourCheck(.upperCase, .stay)], examples: 0)
        #expect(none.contestants.allSatisfy { $0.outcomes[0].examples.isEmpty })
        #expect(!none.text.contains("before:"))
    }

    @Test func everyFormat() throws {
        let probe = try probe(BehaviourCheck.all(of: [.negation, .upperCase, .synonym]))
        let text = probe.text
        #expect(text.hasPrefix("mine: 4 texts\n\nedit "))
        #expect(text.contains("100.0% [34.2, 100.0]") && text.contains("100.0% [43.9, 100.0]"), "\(text)")
        // No text has a word with a synonym.
        #expect(text.split(separator: "\n").contains { $0.hasPrefix("synonym") && $0.hasSuffix("n/a") })
        #expect(text.contains("deaf, negation\n  before: The room was clean. (no label)\n"), "\(text)")
        #expect(text.contains("  after:  THE ROOM WAS CLEAN. (loud)\n"))

        let page = probe.markdown
        #expect(page.hasPrefix("# Behaviour on mine\n") && page.contains("\n## Examples\n"), "\(page)")

        let object = try JSONSerialization.jsonObject(with: Data(probe.json.utf8)) as? [String: Any]
        let checks = try #require(object?["checks"] as? [[String: Any]])
        #expect(checks.map { $0["label_should"] as? String } == ["change", "stay", "stay"])
        #expect(checks.map { $0["texts"] as? Int } == [2, 3, 0])
        let contestants = try #require(object?["contestants"] as? [[String: Any]])
        let outcomes = try #require(contestants[1]["outcomes"] as? [[String: Any]])
        let denied = try #require(outcomes[0]["failures"] as? [String: Any])
        #expect(denied["count"] as? Int == 2 && denied["share"] as? Double == 1)
        #expect((outcomes[2]["failures"] as? [String: Any])?["share"] is NSNull)
    }

    /// A text of somebody else makes no markup.
    @Test func textsAreNoMarkup() throws {
        let probe = try probe([BehaviourCheck(.upperCase, .stay)], texts: ["a <b>x</b> [y](http://z) | *w*"])
        #expect(!probe.markdown.contains("<B>") && !probe.markdown.contains("<b>"), "\(probe.markdown)")
    }

    @Test func progressTellsOfEachModel() throws {
        var told: [String] = []
        _ = try BehaviourProbe(
            of: [Self.heedsNot], texts: ProbeTexts(Self.texts, source: "mine"),
            checks: [BehaviourCheck(.suffix, .stay)], examples: 1
        ) { told.append("\($0) \($1)/\($2)") }
        #expect(told == ["heeds-not 8/8"])
    }

    @Test func nothingToProbeIsAnError() {
        #expect(throws: ProbeError.noTexts(source: "mine")) { try ProbeTexts([], source: "mine") }
    }
}
