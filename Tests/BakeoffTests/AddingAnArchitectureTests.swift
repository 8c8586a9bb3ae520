import Bakeoff
import Foundation
import Testing

/// y = down(relu(gate(x)) ∘ up(x)), without biases.
struct GatedFeedForward: Module {
    var gate, up, down: Linear

    /// What forward leaves for backward. Shape of each: [T, I].
    struct Activations {
        let gate, up, product: FloatRows
    }

    init(hidden: Axis, intermediate: Axis) {
        gate = Linear(inputs: hidden, outputs: intermediate, hasBias: false)
        up = Linear(inputs: hidden, outputs: intermediate, hasBias: false)
        down = Linear(inputs: intermediate, outputs: hidden, hasBias: false)
    }

    mutating func visit(_ visitor: ParameterVisitor) {
        gate.visit(visitor.at("gate"))
        up.visit(visitor.at("up"))
        down.visit(visitor.at("down"))
    }

    /// - Parameters:
    ///   - x: Shape: [T, H].
    ///   - y: Overwritten. Shape: [T, H].
    func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) -> Activations {
        let activations = Activations(
            gate: pass.rows(x.rows, columns: gate.outputs), up: pass.rows(x.rows, columns: up.outputs),
            product: pass.rows(x.rows, columns: up.outputs))
        gate.forward(x, into: activations.gate, activation: .relu, pass)
        up.forward(x, into: activations.up, pass)
        multiply(activations.gate, activations.up, into: activations.product)
        down.forward(activations.product, into: y, pass)
        return activations
    }

    /// With p = relu(gate(x)) ∘ up(x): dGate = dP ∘ up(x) where the ReLU let pass, dUp = dP ∘ relu(gate(x)).
    /// - Parameters:
    ///   - d: dY. Shape: [T, H].
    ///   - dX: Overwritten. Shape: [T, H].
    func backward(
        _ x: FloatRows, _ activations: Activations, gradient d: FloatRows, into dX: FloatRows, _ pass: Pass
    ) {
        let mark = pass.mark
        let dProduct = pass.rows(x.rows, columns: up.outputs)
        let dGate = pass.rows(x.rows, columns: gate.outputs)
        let dUp = pass.rows(x.rows, columns: up.outputs)
        down.backward(activations.product, gradient: d, into: dProduct, pass)
        multiply(dProduct, activations.up, into: dGate)
        multiply(dProduct, activations.gate, into: dUp)
        Activation.relu.backward(activations.gate, gradient: dGate)
        gate.backward(x, gradient: dGate, into: dX, pass)
        up.backward(x, gradient: dUp, into: dX, accumulating: true, pass)
        pass.release(to: mark)
    }

    private func multiply(_ a: FloatRows, _ b: FloatRows, into c: FloatRows) {
        for row in 0..<c.rows { for i in 0..<c.columns { c[row][i] = a[row][i] * b[row][i] } }
    }
}

/// Embeddings and one layer with the norms before its parts: y = x + attention(norm(x)), z = y + feedForward(norm(y)).
struct GatedNetwork: EncoderNetwork {
    var embeddings: Embeddings
    var attentionNorm, feedForwardNorm: LayerNorm
    var attention: SelfAttention
    var feedForward: GatedFeedForward

    /// What forward leaves for backward. Shape of the matrices: [T, H].
    struct Activations {
        let embeddings: Embeddings.Activations
        let attention: SelfAttention.Activations
        let feedForward: GatedFeedForward.Activations
        let x, normed, y, normedAgain: FloatRows
    }

    init(_ sizes: EncoderConfiguration) {
        let hidden = sizes.axis(.hidden)
        embeddings = Embeddings(
            vocabulary: sizes.axis(.vocabulary), hidden: hidden,
            positions: sizes.axis(.maxPositions), tokenTypes: nil,
            epsilon: sizes.layerNormEpsilon, padding: nil)
        attentionNorm = LayerNorm(width: hidden, epsilon: sizes.layerNormEpsilon)
        feedForwardNorm = LayerNorm(width: hidden, epsilon: sizes.layerNormEpsilon)
        attention = SelfAttention(hidden: hidden, heads: sizes.heads)
        feedForward = GatedFeedForward(hidden: hidden, intermediate: sizes.axis(.intermediate))
    }

    var hidden: Int { attentionNorm.width }
    var activationsPerToken: Int { 10 * hidden + 3 * feedForward.up.outputs }

    mutating func visit(_ visitor: ParameterVisitor) {
        embeddings.visit(visitor.at("embeddings"))
        attentionNorm.visit(visitor.at("attention_norm"))
        attention.visit(visitor.at("attention"))
        feedForwardNorm.visit(visitor.at("mlp_norm"))
        feedForward.visit(visitor.at("mlp"))
    }

    mutating func freeze(_ freezing: Freezing) {
        if freezing != .nothing { embeddings.freeze() }
        switch freezing {
        case .nothing, .embeddings, .layers(0): break
        case .layers, .encoder:
            attentionNorm.freeze()
            attention.freeze()
            feedForwardNorm.freeze()
            feedForward.freeze()
        }
    }

    func forward(
        _ block: TokenBlock, queries: QueriedTokens, _ pass: Pass
    ) -> (output: FloatRows, activations: Activations) {
        let (x, embedded) = embeddings.forward(block, pass)
        let normed = pass.rows(block.tokens, columns: hidden)
        let y = pass.rows(block.tokens, columns: hidden)
        attentionNorm.forward(x, into: normed, pass)
        let attended = attention.forward(
            normed, queryRows: normed, spans: block.spans, into: y, pass)
        Rows.add(x, to: y)

        let normedAgain = pass.rows(block.tokens, columns: hidden)
        let z = pass.rows(block.tokens, columns: hidden)
        feedForwardNorm.forward(y, into: normedAgain, pass)
        let fed = feedForward.forward(normedAgain, into: z, pass)
        Rows.add(y, to: z)
        let activations = Activations(
            embeddings: embedded, attention: attended, feedForward: fed, x: x, normed: normed, y: y,
            normedAgain: normedAgain)
        switch queries {
        case .all: return (z, activations)
        case .first:
            let first = pass.rows(block.sequences.count, columns: hidden)
            block.copyFirst(of: z, to: first)
            return (first, activations)
        }
    }

    func backward(_ block: TokenBlock, _ activations: Activations, gradient d: FloatRows, _ pass: Pass) {
        var dZ = d
        if d.rows < block.tokens {
            dZ = pass.rows(block.tokens, columns: hidden)
            for row in 0..<dZ.rows { dZ[row].update(repeating: 0, count: hidden) }
            block.addFirst(gradient: d, to: dZ)
        }
        // z = y + feedForward(norm(y)): dY is dZ, and what comes by way of the norm.
        let dNormed = pass.rows(block.tokens, columns: hidden)
        feedForward.backward(
            activations.normedAgain, activations.feedForward, gradient: dZ, into: dNormed, pass)
        feedForwardNorm.backward(activations.y, gradient: dNormed, pass)
        Rows.add(dNormed, to: dZ)

        // y = x + attention(norm(x)).
        for row in 0..<dNormed.rows { dNormed[row].update(repeating: 0, count: hidden) }
        attention.backward(
            activations.normed, queryRows: activations.normed, spans: block.spans, activations.attention,
            gradient: dZ, addingTo: dNormed, into: nil, needsInputGradient: true, pass)
        attentionNorm.backward(activations.x, gradient: dNormed, pass)
        Rows.add(dNormed, to: dZ)
        embeddings.backward(block, activations.embeddings, gradient: dZ, pass)
    }
}

extension EncoderArchitecture {
    static let gated = EncoderArchitecture(modelType: "gated", classPrefix: "Gated") {
        sizes, _ throws(EncoderError) in GatedNetwork(sizes)
    }
}

@Suite final class AddingAnArchitectureTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private let architectures = EncoderArchitectures.standard.adding(.gated)
    private let configuration = """
        {"model_type": "gated", "vocab_size": 13, "hidden_size": 6, "num_hidden_layers": 1,
         "num_attention_heads": 2, "intermediate_size": 7, "max_position_embeddings": 17}
        """

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try configuration.write(
            to: folder.appendingPathComponent("config.json"), atomically: true, encoding: .utf8)
        let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "day", "a", "the", "room"]
        try (words + ["food", "."]).joined(separator: "\n").write(
            to: folder.appendingPathComponent("vocab.txt"), atomically: true, encoding: .utf8)
        try network(seed: 3).write(to: folder.appendingPathComponent("model.safetensors"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A network with random weights.
    private func network(seed: UInt64) throws -> GatedNetwork {
        var network = GatedNetwork(
            try EncoderConfiguration(json: Data(configuration.utf8), architectures: architectures))
        var random = RandomStream(seed: seed)
        network.updateParameters { name, parameter in
            let isNorm = name.contains("orm.weight")
            parameter.set(
                (0..<parameter.count).map { _ in Float(random.nextUniform()) - (isNorm ? -0.5 : 0.5) })
        }
        return network
    }

    @Test func itEncodesAsItsEquationsSay() throws {
        let encoder = try TextEncoder(folder: folder, architectures: architectures)
        let texts = ["a good day", "the bad food . the room", ""]
        let together = try encoder.encode(texts)
        #expect(together.rowCount == 3 && together.columnCount == 6)
        // A text's vector does not depend on the others beside it.
        for (row, text) in texts.enumerated() {
            #expect(try Array(encoder.encode([text]).row(0)) == Array(together.row(row)))
        }
        // A standard program does not know it, and says so.
        let error = #expect(throws: EncoderError.self) { try TokenEncoder(folder: self.folder) }
        #expect(error.map { "\($0)" }?.contains("model_type is gated, expected bert or distilbert") == true)
    }

    @Test func itIsFineTunedAndReadBack() throws {
        var options = FineTuningOptions()
        options.pooling = .mean
        options.training.epochs = 100
        options.training.batchSize = 4
        options.training.learningRate = 0.02
        options.training.dropout = 0
        let labels = try LabelSpace(kind: .binary, names: ["bad", "good"])
        let texts = ["good day", "bad day", "a good room", "the bad room", "good food .", "bad food"]
        let classifier = FineTunedClassifier(encoder: folder, options: options, architectures: architectures)
        let model = try classifier.fit(texts, .classes([1, 0, 1, 0, 1, 0]), labelSpace: labels)
        let probabilities = try model.probabilities(of: ["good day", "bad day"])
        #expect(probabilities[0, 1] > 0.8 && probabilities[1, 1] < 0.2)

        let saved = folder.appendingPathComponent("saved")
        try FileManager.default.createDirectory(at: saved, withIntermediateDirectories: true)
        try model.save(to: saved)
        let again = try FittedFineTunedClassifier(
            from: saved, labelSpace: labels, architectures: architectures)
        #expect(try again.probabilities(of: texts) == model.probabilities(of: texts))
    }

    /// Every gradient against the difference of two losses.
    @Test(arguments: [Pooling.mean, .cls]) func itsGradientsAreRight(pooling: Pooling) throws {
        var none: [String] = []
        let model = try ClassifierModel(
            folder: folder, architectures: architectures, pooling: pooling, labelCounts: [3], seed: 5,
            initialized: &none)
        let batch = try PackedBatch([[2, 5, 7, 3], [2, 6, 3], [2, 9, 10, 6, 12, 3]])
        let targets = Targets.classes([0, 2, 1])
        let loss = ClassificationLoss.crossEntropy(classWeights: [1, 1, 1], smoothing: 0)
        func value(_ model: ClassifierModel) throws -> Double {
            loss.value(try model.logits(batch, task: 0), targets)
        }
        let trainable = TrainableModel(model)
        let pass = trainable.makePass(Team(workers: 2))
        pass.begin()
        let found = try trainable.withModel {
            try ClassificationObjective.addGradient(
                batch, targets, head: 0, loss, scale: 1, $0, pass)
        }
        #expect(abs(found - (try value(model))) < 1e-5)
        let gradients = trainable.gradientValues()
        var names: [String] = []
        model.forEachParameter { name, _ in names.append(name) }
        #expect(gradients.keys.sorted() == names.sorted())
        for (name, gradient) in gradients {
            let largest = gradient.reduce(0) { max($0, abs($1)) }
            for place in Set([0, gradient.count / 2, gradient.count - 1]) {
                func moved(by step: Float) throws -> Double {
                    var moved = model
                    moved.updateParameters { other, parameter in
                        if other != name { return }
                        var values = parameter.checkpointValues()
                        values[place] += step
                        parameter.set(values)
                    }
                    return try value(moved)
                }
                let slope = (try moved(by: 0.01) - moved(by: -0.01)) / 0.02
                // Float32 losses of 1 differ by 1e-7, and the difference has an error of its own: 1e-4 was seen.
                #expect(
                    abs(slope - Double(gradient[place])) < 1e-3 + 0.01 * Double(largest), "\(name) \(place)")
            }
        }
    }

    /// Frozen parts stay what they were, and the rest is trained.
    @Test func frozenLayersStay() throws {
        var none: [String] = []
        let model = try ClassifierModel(
            folder: folder, architectures: architectures, pooling: .mean, labelCounts: [2], seed: 5,
            initialized: &none)
        var options = TrainingOptions()
        options.freezing = .embeddings
        options.dropout = 0
        let task = ClassificationTask(
            sequences: [[2, 5, 3], [2, 6, 3]], targets: .classes([0, 1]),
            loss: .crossEntropy(classWeights: [1, 1], smoothing: 0))
        let trainer = try Trainer(
            model, on: ClassificationObjective([task]), options: options,
            files: TrainingFiles(
                folder: folder.appendingPathComponent("work"), log: folder.appendingPathComponent("log")),
            configuration: Data(configuration.utf8), evaluate: nil)
        _ = try trainer.run()
        var before: [String: [Float]] = [:]
        model.forEachParameter { before[$0] = $1.checkpointValues() }
        trainer.model.forEachParameter { name, parameter in
            let isSame = parameter.checkpointValues() == before[name]
            #expect(isSame == name.contains(".embeddings."), "\(name)")
        }
    }

    /// The page shows this file's code, and no other.
    @Test func thisIsTheCodeOfThePage() throws {
        let page = try Page("Sources/Models/Encoders/Encoders.docc/AddingAnArchitecture.md")
        let code = try Page("Tests/BakeoffTests/AddingAnArchitectureTests.swift").text
        #expect(page.blocks("swift").count == 4)
        for block in page.blocks("swift") where !block.hasPrefix("import") {
            let indented = block.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "        \($0)" }.joined(separator: "\n")
            #expect(code.contains(block) || code.contains(indented), "\(block.prefix(60))")
        }
    }
}
