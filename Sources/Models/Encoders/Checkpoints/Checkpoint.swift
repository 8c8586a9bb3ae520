import DeterministicWork
import Foundation
import LinearAlgebra
import TensorFiles

/// A Hugging Face folder of an encoder: its configuration, the network that it asks for, and its tensors, with or without
/// the prefix that models with a head put before the encoder's names.
package struct Checkpoint: Sendable {
    package let configuration: EncoderConfiguration
    /// Without weights.
    let network: any EncoderNetwork
    /// Without weights; nil if the architecture has none.
    let pooler: Pooler?
    private let weights: SafetensorsFolder
    private let configurationPath: String
    /// Whether this checkpoint's names have the prefix.
    private let isPrefixed: Bool

    package init(
        folder: URL, architectures: EncoderArchitectures = .standard
    ) throws(EncoderError) {
        let file = try ConfigurationFile(folder: folder)
        configurationPath = file.path
        configuration = try EncoderConfiguration(file, architectures)
        do {
            weights = try SafetensorsFolder(folder)
        } catch {
            throw .weights(error)
        }
        // A damaged configuration may ask for millions of layers: of more than there are tensors, one lacks some.
        do throws(EncoderError) {
            network = try configuration.architecture.network(
                configuration.limited(toLayers: weights.count + 1), file)
            pooler = try configuration.architecture.pooler?.pooler(configuration, file)
        } catch {
            throw .inFile(path: file.path, error)
        }
        var first: String?
        network.forEachParameter { name, _ in first = first ?? name }
        isPrefixed = weights.contains("\(configuration.architecture.prefix).\(first ?? "")")
    }

    /// Whether the encoder has a pooler.
    package var hasPooler: Bool {
        guard let place = configuration.architecture.pooler, place.isInEncoder else { return false }
        return weights.contains(ownName("\(place.path(in: configuration.architecture)).weight"))
    }

    /// The shape of a tensor; nil if there is none.
    package func shape(ofTensor name: String) -> [Int]? { weights.shape(of: name) }

    // MARK: Names

    /// The name in this checkpoint of a tensor whose name in a model with a head is this one.
    private func ownName(_ name: String) -> String {
        let prefix = configuration.architecture.prefix + "."
        return !isPrefixed && name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    private func ownName(_ place: ParameterVisitor.Place) -> String {
        let older = place.olderName.map(ownName)
        return older.flatMap { weights.contains($0) ? $0 : nil } ?? ownName(place.name)
    }

    // MARK: Loading

    /// Throws for the first tensor of the encoder that is missing or of another shape than the configuration says, with the
    /// keys that say so; nothing is read.
    package func checkShapes() throws(EncoderError) {
        try checkShapes(TokenEncoder(withoutWeightsOf: self))
    }

    private func checkShapes(_ module: some Module) throws(EncoderError) {
        var fault: EncoderError?
        var copy = module
        copy.visit(
            ParameterVisitor { place, parameter in
                if fault != nil { return }
                let (name, expected) = (ownName(place), parameter.shape.map(\.size))
                let found = weights.shape(of: name)
                if found == expected { return }
                fault = .misfit(
                    weights: weights.path(of: name), tensor: name, found: found, expected: expected,
                    configuration: configurationPath, keys: keys(of: parameter, place, found))
            })
        if let fault { throw fault }
    }

    /// The keys of `config.json` that a tensor's fault is about, with their values.
    private func keys(of parameter: Parameter, _ place: ParameterVisitor.Place, _ found: [Int]?) -> [String] {
        guard let found else {
            return [
                place.condition?.statement ?? "model_type \(configuration.architecture.modelType)"
            ]
        }
        let isComparable = found.count == parameter.shape.count
        var statements: [String] = []
        for (index, axis) in parameter.shape.enumerated() where !isComparable || found[index] != axis.size {
            if !statements.contains(axis.statement) { statements.append(axis.statement) }
        }
        return statements
    }

    /// Reads every parameter of a module from the tensor of its name; packing is shared among the threads.
    /// - Throws: `.misfit` before anything is read, `.weights`.
    func load(_ module: inout some Module, _ loading: WeightLoading = .init()) throws(EncoderError) {
        try checkShapes(module)
        var wanted: [(name: String, parameter: Parameter)] = []
        module.visit(ParameterVisitor { wanted.append((ownName($0), $1)) })
        let all = wanted
        let places = loading.places(of: all.map(\.parameter))
        var loaded = parallelMap(all.count, blockSize: 1) { index -> Result<Parameter, SafetensorsError> in
            var parameter = all[index].parameter
            do throws(SafetensorsError) {
                try parameter.load(all[index].name, from: weights, loading, into: places[index])
                return .success(parameter)
            } catch {
                return .failure(error)
            }
        }[...]
        var fault: SafetensorsError?
        module.visit(
            ParameterVisitor { _, parameter in
                switch loaded.popFirst() {
                case .success(let read): parameter = read
                case .failure(let error): fault = fault ?? error
                case nil: preconditionFailure("a module shows other parameters at every visit")
                }
            })
        if let fault { throw .weights(fault) }
    }

    /// Reads a layer beside the encoder, such as a head, if the checkpoint has a weight of this name and shape.
    /// - Returns: Whether it was there.
    func loadIfPresent(
        _ layer: inout some Module, _ name: String, weight: Parameter
    ) throws(EncoderError) -> Bool {
        guard weights.shape(of: "\(name).weight") == weight.shape.map(\.size) else { return false }
        var named = Named(layer, name)
        try load(&named)
        layer = named.module
        return true
    }
}

/// A module under a name.
private struct Named<Part: Module>: Module {
    var module: Part
    let name: String

    init(_ module: Part, _ name: String) {
        self.module = module
        self.name = name
    }

    mutating func visit(_ visitor: ParameterVisitor) { module.visit(visitor.at(name)) }
}
