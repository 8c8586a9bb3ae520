import Bakeoff

// Two families of this package take part in an experiment: trained, scored, read back, explained and reported.

func expect(_ condition: Bool, _ words: @autoclosure () -> String, line: Int = #line) {
    if condition { return }
    print("main.swift:\(line): \(words())")
    exit(1)
}

for violation in checkConformance(of: NeighbourClassifier()) + checkConformance(of: ByNumberClassifier()) {
    expect(false, "\(violation)")
}

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("outside-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
let experiment = folder.appendingPathComponent("experiment.yaml")
try OutputFile.write(
    """
    name: outside
    dataset: {recipe: front-desk}
    clean: {rows: 300}
    split: {train: 0.6, validation: 0.2, test: 0.2, stratify: labels, seed: 42}
    contestants:
      - {id: chance, model: dummy, strategy: stratified}
      - {id: near, model: neighbours, neighbours: 5}
      - {id: numbers, model: by-number}
      - {id: svm, features: tfidf, learner: svm}
    """, to: experiment)

let families = FamilyRegistry.standard.adding(NeighbourContestant.self).adding(ByNumberContestant.self)
let file = try ExperimentFile(contentsOf: experiment, families: families)
let options = RunOptions(
    output: folder.appendingPathComponent("report"), models: folder.appendingPathComponent("models"),
    command: "outside", machine: .current)
let results = try ExperimentRun(file: file, options: options).run { print($0) }
let ids = results.ranked.map(\.id)
expect(ids.count == 4 && ids.prefix(2).contains("near"), "ranked \(ids)")

try RenderedReport(results, in: RunLayout(options.output)).write()
let page = try String(contentsOf: options.output.appendingPathComponent("README.md"), encoding: .utf8)
expect(page.contains("the 5 nearest of 180 texts by words in common"), "the report does not tell of `near`")
expect(page.contains("labels by the numbers of rows"), "the report does not tell of `numbers`")

let saved = try SavedModel(folder: options.models.appendingPathComponent("near"), families: families)
let text = "The room was dirty and the staff rude"
let predicted = try saved.predict([text]).flatMap(\.predicted)
if case .terms(let labels) = try saved.explanation(of: text) {
    expect(labels.contains { predicted.contains($0.label) && $0.score > 0 }, "\(labels)")
} else {
    expect(false, "an explanation without terms")
}

// An architecture of this package is fine-tuned and read back.
let encoder = folder.appendingPathComponent("gated")
try FileManager.default.createDirectory(at: encoder, withIntermediateDirectories: true)
let architectures = EncoderArchitectures.standard.adding(.gated)
let configuration = """
    {"model_type": "gated", "vocab_size": 13, "hidden_size": 6, "num_hidden_layers": 1, "num_attention_heads": 2,
     "intermediate_size": 7, "max_position_embeddings": 17}
    """
let vocabulary = "[PAD] [UNK] [CLS] [SEP] [MASK] good bad day a the room food ."
try OutputFile.write(configuration, to: encoder.appendingPathComponent("config.json"))
try OutputFile.write(
    vocabulary.split(separator: " ").joined(separator: "\n"), to: encoder.appendingPathComponent("vocab.txt"))
var network = GatedNetwork(
    try EncoderConfiguration(json: Data(configuration.utf8), architectures: architectures))
var random = RandomStream(seed: 3)
network.updateParameters { name, parameter in
    let isNorm = name.contains("orm.weight")
    parameter.set((0..<parameter.count).map { _ in Float(random.nextUniform()) - (isNorm ? -0.5 : 0.5) })
}
try network.write(to: encoder.appendingPathComponent("model.safetensors"))
var tuning = FineTuningOptions()
tuning.pooling = .mean
tuning.training.epochs = 100
tuning.training.batchSize = 4
tuning.training.learningRate = 0.02
tuning.training.dropout = 0
let labels = try LabelSpace(kind: .binary, names: ["bad", "good"])
let texts = ["good day", "bad day", "a good room", "the bad room", "good food .", "bad food"]
let tuned = try FineTunedClassifier(encoder: encoder, options: tuning, architectures: architectures)
    .fit(texts, .classes([1, 0, 1, 0, 1, 0]), labelSpace: labels)
let probabilities = try tuned.probabilities(of: texts)
for (row, label) in [1, 0, 1, 0, 1, 0].enumerated() {
    expect(probabilities[row, label] > 0.5, "row \(row): \(probabilities[row, label])")
}
let stored = folder.appendingPathComponent("tuned")
try FileManager.default.createDirectory(at: stored, withIntermediateDirectories: true)
try tuned.save(to: stored)
let again = try FittedFineTunedClassifier(from: stored, labelSpace: labels, architectures: architectures)
expect(try again.probabilities(of: texts) == probabilities, "what was saved says otherwise")

print(
    "outside: two families trained, scored, explained and reported; an architecture fine-tuned and read back")
