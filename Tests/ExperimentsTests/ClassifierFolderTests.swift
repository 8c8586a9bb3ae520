import Experiments
import Foundation
import Results
import Testing

/// Classifiers in folders that Python wrote.
@Suite struct ClassifierFolderTests {
    private func classifier(_ changes: [String: Any?] = [:]) throws -> ModelFolder {
        let folder = try ModelFolder()
        try folder.addClassifier()
        try folder.configure([
            "architectures": ["BertForSequenceClassification"], "num_labels": 5, "id2label": nil,
        ])
        try folder.configure(changes)
        return folder
    }

    private func softmax(_ logits: [Float]) -> [Double] {
        stride(from: 0, to: logits.count, by: 5).flatMap { start in
            let powers = logits[start..<start + 5].map { exp(Double($0)) }
            return powers.map { $0 / powers.reduce(0, +) }
        }
    }

    private func expectProbabilities(_ folder: ModelFolder, _ golden: String) throws {
        let found = try SavedModel(folder: folder.url).predict(ModelFolder.texts)
            .flatMap { $0.probabilities.map(\.probability) }
        let expected = softmax(try folder.floats(golden))
        #expect(
            zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 } && found.count == expected.count,
            "\(golden)")
    }

    /// Of a type of our own, with the poolings that transformers' types do not have; the length is the tokenizer's.
    @Test(arguments: ["mean", "cls"]) func poolingsOfOurOwn(pooling: String) throws {
        let folder = try classifier([
            "model_type": "bakeoff-bert", "architectures": ["BakeoffBertForSequenceClassification"],
            "hidden_act": "none: load with trust_remote_code",
            "bakeoff": ["pooling": pooling, "activation": "gelu"],
        ])
        try folder.write(
            #"{"do_lower_case": true, "tokenizer_class": "BertTokenizer", "model_max_length": 16}"#,
            to: "tokenizer_config.json")
        try expectProbabilities(folder, "logits.\(pooling)")
        try folder.configure(["bakeoff": ["pooling": "median", "activation": "gelu"]])
        #expect(throws: (any Error).self) { try SavedModel(folder: folder.url) }
        try folder.configure(["bakeoff": nil])
        #expect(throws: (any Error).self) { try SavedModel(folder: folder.url) }
    }

    /// A key of ours beside an architecture of transformers' counts as we wrote it once, and not as Python writes it again.
    @Test func whatWasSavedAgainIsWhatItIsNow() throws {
        let folder = try classifier()
        let plain = try SavedModel(folder: folder.url).predict(ModelFolder.texts).map {
            $0.probabilities[0].probability
        }
        func with(_ key: String) throws -> [Double] {
            let file = folder.url.appendingPathComponent("config.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            defer { try? Data(text.utf8).write(to: file) }
            try Data((text.dropLast() + ", \(key)}").utf8).write(to: file)
            return try SavedModel(folder: folder.url).predict(ModelFolder.texts).map {
                $0.probabilities[0].probability
            }
        }
        #expect(try with(#""bakeoff": {"pooling": "mean", "max_length": 16}"#) == plain)
        #expect(try with(#""bakeoff" : {"pooling" : "mean", "max_length" : 16}"#) != plain)
    }

    @Test func labelsAsTransformersHasThem() throws {
        func names(_ changes: [String: Any?]) throws -> [String] {
            let folder = try classifier(changes)
            return try withExtendedLifetime(folder) { try SavedModel(folder: folder.url).labelSpace.names }
        }
        let numbered = (0..<5).map { "LABEL_\($0)" }
        #expect(try names([:]) == numbered)
        #expect(
            try names(["num_labels": nil, "id2label": ["0": 0, "1": 1, "2": 2, "3": 3.5, "4": true]])
                == ["0", "1", "2", "3.5", "True"])
        func refusal(_ changes: [String: Any?]) -> String {
            do { return "\(try names(changes))" } catch { return "\(error)" }
        }
        // The weights have a classifier, whether or not the configuration names its class.
        #expect(try names(["architectures": nil]) == numbered)
        #expect(
            refusal(["architectures": ["BertModel"]]).contains("names no architecture for the classification")
        )
        let bare = try ModelFolder()
        try bare.configure(["architectures": nil])
        #expect {
            try SavedModel(folder: bare.url)
        } throws: {
            "\($0)".contains("the weights have no classifier.weight")
        }
        #expect(refusal(["num_labels": nil]).contains("for the 2 labels of config.json; theirs is for 5"))
        #expect(refusal(["num_labels": 1]).contains("a regression"))
        #expect(refusal(["num_labels": 0]).contains("num_labels is 0"))
        #expect(refusal(["num_labels": "five"]).contains("config.json"))
        #expect(
            refusal(["id2label": ["0": "x", "1": "x", "2": "y", "3": "z", "4": "w"]]).contains("'x' twice"))
        #expect(refusal(["id2label": ["0": "x", "1": "y"]]).contains("num_labels is 5, but id2label has 2"))
        #expect(refusal(["problem_type": "regression"]).contains("problem_type is regression"))
    }

    @Test func transformersLoadsWhatItHas() throws {
        func loading(_ folder: ModelFolder) -> TransformersLoading? {
            withExtendedLifetime(folder) { TransformersLoading(classifierIn: folder.url) }
        }
        #expect(try loading(classifier()) == .builtIn)
        #expect(try loading(ModelFolder()) == nil)
        let mean = try classifier([
            "model_type": "bakeoff-bert", "architectures": ["BakeoffBertForSequenceClassification"],
            "hidden_act": "none: load with trust_remote_code",
            "bakeoff": ["pooling": "mean", "activation": "gelu"],
        ])
        guard case .modelingFile(_, let headReads)? = loading(mean) else {
            Issue.record("no modeling file")
            return
        }
        #expect(headReads == "the mean of all tokens' vectors")
    }

    @Test func weightsThatAreNoNumbers() throws {
        let folder = try classifier()
        let table = "embeddings.word_embeddings.weight"
        for (name, shape) in [
            ("classifier.weight", [5, 35]), (table, [53, 35]),
            ("encoder.layer.1.output.dense.bias", [35]), ("pooler.dense.weight", [35, 35]),
        ] {
            for bad in [Float.nan, .infinity] {
                let folder = try classifier()
                var values = [Float](repeating: 0.1, count: shape.reduce(1, *))
                values[values.count - 2] = bad
                try folder.addWeights([name: (shape, values)])
                // The table's rows are read when a text has their tokens.
                let model = try? SavedModel(folder: folder.url)
                #expect((model != nil) == (name == table), "\(name)")
                if let model { #expect(throws: (any Error).self) { try model.predict(["a b c"]) } }
            }
        }
        // Finite weights whose products are not.
        try folder.addWeights(["classifier.weight": ([5, 35], [Float](repeating: 3e38, count: 175))])
        let model = try SavedModel(folder: folder.url)
        #expect(throws: (any Error).self) { try model.predict(["a b c"]) }
    }
}
