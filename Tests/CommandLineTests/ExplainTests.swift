import Foundation
import Testing

/// `explain`, `vader --add-labels`, and the contestants on TF-IDF, as a user runs them.
@Suite struct ExplainTests {
    private static let experiment = """
        name: linear
        dataset: {recipe: front-desk}
        contestants:
          - {id: vader, model: vader, vader: {lexicon: own.txt}}
          - id: svm
            model: linear-svm
            tfidf: {analyzer: char_wb, ngram-range: [2, 4], max-features: 500, stop-words: none}
          - id: nb
            model: naive-bayes
            tfidf: {stop-words: {file: stop.txt}}
            naive-bayes: {variant: complement}
          - id: searched
            model: tfidf-logreg
            tfidf: {max-features: 300}
            logistic: {penalty: l1}
            search: {C: [0.01, 1, 5], metric: accuracy}
        """

    @Test func contestantsExplainThemselves() throws {
        let program = try Program()
        try program.write(ExplainTests.experiment, to: "e.yaml")
        try program.write("room\t3.0\nawful\t-3.0\n", to: "own.txt")
        try program.write("the a\nis\n", to: "stop.txt")
        let run = try program.run("run", "e.yaml", "--output", "o", "--models", "m")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("searched: chosen on validation by accuracy: C "))
        let log = try program.read("o/logs/searched.jsonl")
        #expect(log.contains("\"objective\":") && log.contains("\"grad_norm\":"))

        for id in ["svm", "nb", "searched"] {
            let json = try program.run(
                "explain", "--model", "m/\(id)", "--format", "json", "The room was awful")
            #expect(json.status == 0, "\(json.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            let labels = try #require(object?["labels"] as? [[String: Any]])
            #expect(labels.compactMap { $0["label"] as? String } == ["negative", "neutral", "positive"])
            let text = try program.run("explain", "--model", "m/\(id)", "--top-k", "1", "The room was awful")
            #expect(text.output.contains("score") && text.output.contains("bias"))
            let terms = try program.run("explain", "--model", "m/\(id)", "--top-terms", "3")
            #expect(terms.lines.count == 3 && terms.lines[0].hasPrefix("negative: "))
            #expect(try program.run("predict", "--model", "m/\(id)", "The room was awful").status == 0)
        }
        let trace = try program.run("explain", "--model", "m/vader", "a nice room")
        #expect(trace.output.contains("room: 3.0") && !trace.output.contains("nice:"))
        let none = try program.run("explain", "--model", "m/vader", "--top-terms", "3")
        #expect(
            none.status == 2
                && none.errors.contains("VADER and encoders with a linear head explain predictions"),
            "\(none.errors)")
        // Ten terms of each label, as the help says.
        let usual = try program.run("explain", "--model", "m/nb")
        #expect(usual.lines.map { $0.split(separator: ", ").count } == [10, 10, 10])
    }

    @Test func aSearchNeedsAValidationPart() throws {
        let program = try Program()
        try program.write(
            """
            name: x
            dataset: {recipe: front-desk}
            split: {train: 0.7, test: 0.3, seed: 1}
            contestants:
              - {id: a, model: tfidf-logreg, search: {C: [1, 2]}}
            """, to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        #expect(run.status == 2)
        #expect(run.errors.contains("validation"))
        try program.write(
            """
            name: x
            dataset: {recipe: front-desk}
            contestants:
              - {id: a, model: tfidf-logreg, search: {c: [1, 2]}}
            """, to: "e.yaml")
        let typo = try program.run("run", "e.yaml")
        #expect(typo.status == 2)
        #expect(typo.errors.contains("'C'"), "\(typo.errors)")
    }

    @Test func labelsATable() throws {
        let program = try Program()
        let csv = "id,body,n\n1,\"I love it, \"\"really\"\"!\",7\n2,\"two\nlines\",\n3,I hate this,x\n"
        try program.write(csv, to: "in.csv")
        let outcome = try program.run(
            "vader", "--add-labels", "in.csv", "--text-column", "body", "--label-column", "silver")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.output
                == "id,body,n,silver\n1,\"I love it, \"\"really\"\"!\",7,positive\n2,\"two\nlines\",,neutral\n"
                + "3,I hate this,x,negative\n")
        let file = try program.run(
            "vader", "--label", "in.csv", "--text-column", "body", "--output", "out.csv", "--negative",
            "-0.9", "--positive", "0.9")
        #expect(file.status == 0 && file.output.isEmpty)
        #expect(try program.read("out.csv").hasPrefix("id,body,n,sentiment\n1,"))
        #expect(!(try program.read("out.csv")).contains("negative"))
        #expect(try program.run("vader", "--label", "in.csv").status == 2)
        let taken = try program.run(
            "vader", "--label", "in.csv", "--text-column", "body", "--label-column", "n")
        #expect(taken.status == 2 && taken.errors.contains("'n'"))
    }
}
