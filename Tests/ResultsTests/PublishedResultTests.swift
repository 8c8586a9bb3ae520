import Evaluation
import Foundation
import Results
import Testing

@Suite struct PublishedResultTests {
    @Test func eachIsWhole() {
        let all = PublishedResult.all
        #expect(Set(all.map(\.name)).count == all.count)
        for result in all {
            #expect(PublishedResult.named(result.name)?.system == result.system)
            #expect(!result.conditions.isEmpty && !result.source.isEmpty, "\(result.name)")
            let values = Array(result.scores.values) + Array(result.perLabel.values)
            #expect(!values.isEmpty && values.allSatisfy { 0 < $0 && $0 < 1 }, "\(result.name)")
            #expect(result.url.map { URL(string: $0)?.scheme == "https" } ?? true, "\(result.name)")
        }
        #expect(PublishedResult.named("nobody's") == nil)
    }

    @Test func rememberedAndForgotten() throws {
        let test = try ByHand.classes([0, 1], [0, 0])
        var results = try ByHand.results([ByHand.contestant("x", test)])
        try results.remember(published: [])
        #expect(throws: ResultsError.noAnalysis(wanted: "published results")) {
            try results.remember(published: ["vader-paper"])
        }
        var options = AnalysisOptions()
        (options.draws, options.against) = (3, ["vader-paper"])
        results.tasks[0].analysis = try results.analysis(
            of: StoredPredictions([ByHand.scored("x", test)]), options: options)
        try results.remember(published: ["goemotions-paper", "vader-paper", "goemotions-paper"])
        #expect(results.analysis?.options.against == ["vader-paper", "goemotions-paper"])
        results.forgetPublished()
        #expect(results.analysis?.options.against == [])
    }
}
