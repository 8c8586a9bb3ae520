import Foundation
import LinearAlgebra
import SafeFiles
import TensorFiles

/// A part of a network that has parameters: a layer, or layers put together.
///
/// A module is a value, which any number of threads may compute with. What is trained is owned by a `TrainableModel`;
/// what that hands out is a value of its own.
///
///     struct Gate: Module {
///         var linear: Linear
///         var scale: Parameter
///
///         mutating func visit(_ visitor: ParameterVisitor) {
///             linear.visit(visitor.at("linear"))
///             visitor.visit("scale", &scale)
///         }
///     }
public protocol Module: Sendable {
    /// Shows the visitor every parameter once, always in the same order, under the name that it has in a checkpoint.
    ///
    /// This one traversal loads, saves, counts and freezes the module, budgets its memory and feeds its optimizer.
    mutating func visit(_ visitor: ParameterVisitor)
}

/// A module whose lowest layers training can leave as they are.
public protocol LayeredModule: Module {
    /// Has training leave the lowest layers as they are.
    /// - Throws: `.sharedLayers` where those share weights with layers above.
    mutating func freeze(_ freezing: Freezing) throws(EncoderError)
}

/// The lowest part of a model that is trained; what is below stays as it was.
public enum Freezing: Equatable, Sendable {
    case nothing
    case embeddings
    /// The embeddings and this many layers.
    case layers(Int)
    /// The whole encoder, with its pooler; not the first layer of a head of two.
    case encoder

    /// The lowest layers that are not trained, of so many; nil where the embeddings are trained too.
    func layerCount(of all: Int) -> Int? {
        switch self {
        case .nothing: nil
        case .embeddings: 0
        case .layers(let lowest): min(lowest, all)
        case .encoder: all
        }
    }
}

/// What a module shows its parameters to, and the names that stand before theirs.
public struct ParameterVisitor {
    /// Where a parameter is in a checkpoint.
    struct Place {
        /// Such as `bert.encoder.layer.0.attention.self.query.weight`.
        let name: String
        /// The name that older checkpoints have instead.
        let olderName: String?
        /// The size by which there is such a tensor at all; nil where every network of its architecture has it.
        let condition: Axis?
        let depth: NetworkDepth
    }

    private let path: String
    private let condition: Axis?
    private let depth: NetworkDepth
    private let body: (Place, inout Parameter) -> Void

    init(_ body: @escaping (Place, inout Parameter) -> Void) {
        self.init(path: "", condition: nil, depth: .aboveLayers, body)
    }

    private init(
        path: String, condition: Axis?, depth: NetworkDepth,
        _ body: @escaping (Place, inout Parameter) -> Void
    ) {
        self.path = path
        self.condition = condition
        self.depth = depth
        self.body = body
    }

    /// The visitor of a part of the module.
    /// - Parameters:
    ///   - name: What stands before the names of its parameters, without the dot; may hold dots, may be empty.
    ///   - condition: The size by which there is such a part, such as the number of layers.
    ///   - depth: Where the part is between the tokens and the head; a network that does not say it of its layers is trained
    ///     with all of them alike.
    public func at(
        _ name: String, because condition: Axis? = nil, depth: NetworkDepth? = nil
    ) -> ParameterVisitor {
        ParameterVisitor(
            path: name.isEmpty ? path : "\(path)\(name).", condition: condition ?? self.condition,
            depth: depth ?? self.depth, body)
    }

    /// Shows the parameters of a part that the module may lack.
    /// - Parameter name: What stands before their names, without the dot.
    public func visit(_ name: String, _ part: inout (some Module)?) {
        guard var shown = part else { return }
        part = nil  // so that the parameters are held once, and are written where they are
        shown.visit(at(name))
        part = shown
    }

    /// Shows a parameter.
    /// - Parameter olderName: Its name in older checkpoints.
    public func visit(_ name: String, formerly olderName: String? = nil, _ parameter: inout Parameter) {
        body(
            Place(
                name: path + name, olderName: olderName.map { path + $0 }, condition: condition, depth: depth),
            &parameter)
    }
}

extension Module {
    /// Calls `body` with every parameter and its name, in the order of `visit`.
    public mutating func updateParameters(_ body: (_ name: String, inout Parameter) -> Void) {
        withoutActuallyEscaping(body) { body in visit(ParameterVisitor { body($0.name, &$1) }) }
    }

    /// Calls `body` with every parameter and its name, in the order of `visit`.
    public func forEachParameter(_ body: (_ name: String, Parameter) -> Void) {
        var copy = self
        copy.updateParameters { body($0, $1) }
    }

    /// The number of weights.
    public var parameterCount: Int {
        var count = 0
        forEachParameter { count += $1.count }
        return count
    }

    /// Bytes of the weights in memory.
    public var byteCount: Int {
        var count = 0
        forEachParameter { count += $1.byteCount }
        return count
    }

    /// Has matrices and tables of tokens in fewer bits: it can then encode, but not be trained.
    public mutating func reduce(to precision: Precision) {
        updateParameters { $1.reduce(to: precision) }
    }

    /// Has training leave all parameters as they are.
    public mutating func freeze() {
        updateParameters { $1.isFrozen = true }
    }

    /// Reads the rows of tables that are still in their file.
    private func readAll() throws(SafetensorsError) {
        var failure: SafetensorsError?
        forEachParameter { _, parameter in
            do throws(SafetensorsError) { try parameter.readAll() } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    /// Writes the parameters to a safetensors file, under the names that `visit` gives them.
    /// - Throws: `FileError`, such as a full disk; what was there before is then still there. `SafetensorsError` where
    ///   vectors of tokens are still to be read and their file is not what it was.
    public func write(to file: URL) throws {
        let output = try OutputFile(file)
        try write { try output.write($0) }
        try output.commit()
    }

    /// Writes the parameters as a safetensors file.
    /// - Throws: What the sink throws.
    package func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        try readAll()
        var tensors: [Safetensors.Pending] = []
        forEachParameter { name, parameter in
            tensors.append(
                Safetensors.Pending(name, .float32, shape: parameter.shape.map(\.size)) {
                    .float32(parameter.checkpointValues())
                })
        }
        try Safetensors.write(tensors, metadata: ["format": "pt"], to: sink)
    }
}
