import Experiments
import Foundation
import Lexicons
import Testing
import TextClassifiers

/// Explanations for people and for programs.
@Suite struct ExplanationWriterTests {
    private static let terms = Explanation.terms([
        LabelContributions(
            label: "ham", probability: 0.25, bias: 0.5,
            terms: [
                TermContribution(term: " a", value: 0.5, coefficient: -2),
                TermContribution(term: "room", value: 0.25, coefficient: 0.5),
                TermContribution(term: "view", value: 0.25, coefficient: -1),
            ]),
        LabelContributions(label: "spam", probability: 0.75, bias: 1, terms: []),
    ])

    @Test func textTellsTheLargestFirst() {
        #expect(
            ExplanationWriter.text(Self.terms, terms: 1, labels: 2) == """
                spam  75.0%  score +1.0000, bias +1.0000
                  no known term
                ham  25.0%  score -0.6250, bias +0.5000
                  -1.0000  " a"  (0.5000 x -2.0000)
                  -0.1250  2 more terms

                """)
        let ham = ExplanationWriter.text(Self.terms, terms: 2, labels: 2).split(separator: "\n").suffix(2)
        #expect(ham == ["  -0.2500  view  (0.2500 x -1.0000)", "  +0.1250  1 more term"])
        #expect(ExplanationWriter.text(Self.terms, terms: 3, labels: 1).hasPrefix("spam"))
        #expect(!ExplanationWriter.text(Self.terms, terms: 3, labels: 1).contains("ham  "))
    }

    @Test func jsonIsALine() throws {
        #expect(
            try ExplanationWriter.json(Self.terms)
                == "{\"labels\":[{\"bias\":0.5,\"label\":\"ham\",\"probability\":0.25,\"score\":-0.625,\"terms\":["
                + "{\"coefficient\":-2,\"contribution\":-1,\"term\":\" a\",\"value\":0.5},"
                + "{\"coefficient\":-1,\"contribution\":-0.25,\"term\":\"view\",\"value\":0.25},"
                + "{\"coefficient\":0.5,\"contribution\":0.125,\"term\":\"room\",\"value\":0.25}]},"
                + "{\"bias\":1,\"label\":\"spam\",\"probability\":0.75,\"score\":1,\"terms\":[]}]}\n")
        let trace = Vader().trace(of: "awful")
        let line = try ExplanationWriter.json(.lexicon(trace))
        #expect(try JSONDecoder().decode(VaderTrace.self, from: Data(line.utf8)) == trace)
        #expect(line.hasSuffix("}\n"))
        #expect(ExplanationWriter.text(.lexicon(trace), terms: 0, labels: 0) == "\(trace)\n")
    }

    @Test func topTermsAreALineALabel() throws {
        let top = [
            TopTerms(
                label: "ham",
                terms: [.init(term: "room", coefficient: 1.5), .init(term: "a ", coefficient: -0.25)]),
            TopTerms(label: "spam", terms: []),
        ]
        #expect(ExplanationWriter.text(top) == "ham: room +1.5000, \"a \" -0.2500\nspam: \n")
        #expect(
            try ExplanationWriter.json(top)
                == "{\"labels\":[{\"label\":\"ham\",\"terms\":[{\"coefficient\":1.5,\"term\":\"room\"},"
                + "{\"coefficient\":-0.25,\"term\":\"a \"}]},{\"label\":\"spam\",\"terms\":[]}]}\n")
    }
}
