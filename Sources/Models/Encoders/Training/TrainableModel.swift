import LinearAlgebra

/// The owner of a model that is trained: the one place where weights change.
///
/// What it hands out by `model` is a value that no later step changes: a step that finds its weights shared with such a value
/// goes on with copies of its own.
package final class TrainableModel<Model: Module> {
    private var owned: Model
    /// Whether a value was handed out since the last step.
    private var isHandedOut = false
    let gradients = Gradients()

    /// - Parameters:
    ///   - model: Consumed, so that its weights need no copy if nobody else holds it.
    ///   - layerDecay: What the learning rate is multiplied by from a layer to the next lower one.
    ///   - adaptation: How the matrices of which `adapt` was told are changed, and the seed of what is drawn for it.
    package init(
        _ model: consuming Model, layerDecay: Double = 1, adaptation: (LowRankAdaptation, seed: UInt64)? = nil
    ) {
        let rates = LayerRates(decay: layerDecay, layers: model.layerCount)
        owned = model
        let gradients = gradients
        owned.visit(
            ParameterVisitor { place, parameter in
                if parameter.isFrozen { return }
                let values = parameter.uniqueValues()
                let factor = rates.factor(place.depth)
                if parameter.isAdapted {
                    guard let adaptation, let linear = LowRankAdaptation.linear(ofWeight: place.name) else {
                        preconditionFailure(
                            "what was adapted is the weight of a linear layer, and trained so")
                    }
                    let number = gradients.adapters.count
                    parameter.slot = number
                    gradients.adapters.append(
                        LowRankAdapter(
                            linear, parameter, values: values, number: number, rateFactor: factor,
                            adaptation.0, seed: adaptation.seed))
                    return
                }
                switch parameter.layout {
                case .plain, .packed:
                    parameter.slot = gradients.tensors.count
                    gradients.tensors.append(
                        TrainedTensor(
                            place.name, values: values, count: parameter.storedCount,
                            decays: parameter.decays, rateFactor: factor))
                case .table(let padding):
                    parameter.slot = gradients.tables.count
                    gradients.tables.append(
                        TrainedTable(
                            place.name, parameter.shape, padding: padding, values: values, rateFactor: factor)
                    )
                }
            })
        gradients.tensors += gradients.adapters.flatMap { [$0.a, $0.b] }
    }

    /// The model as it is now.
    /// - Parameter team: Brings the rows of token tables up to date that no step read lately.
    package func snapshot(_ team: Team) -> Model {
        settle(team)
        isHandedOut = true
        return owned
    }

    /// Brings the rows of token tables up to date that no step read lately.
    func settle(_ team: Team) {
        prepareToWrite()
        for table in gradients.tables { table.prepareAll(team) }
    }

    /// Computes with the model as it is, without keeping it.
    package func withModel<R>(_ body: (Model) throws -> R) rethrows -> R {
        prepareToWrite()
        return try body(owned)
    }

    /// A pass that trains this model.
    package func makePass(_ team: Team, _ precision: TrainingPrecision = .f32) -> Pass {
        Pass(team: team, gradients: gradients, precision)
    }

    /// What the learning rate of each parameter is multiplied by, by its name.
    package func rateFactors() -> [String: Double] {
        let all =
            gradients.tensors.map { ($0.name, $0.rateFactor) }
            + gradients.tables.map { ($0.name, $0.rateFactor) }
        return Dictionary(uniqueKeysWithValues: all)
    }

    /// What low-rank adaptation has added so far; nil in a training without it.
    func lowRankFactors(_ adaptation: LowRankAdaptation?) -> LowRankFactors? {
        adaptation.map { LowRankFactors(adaptation: $0, pairs: gradients.adapters.map(\.factors)) }
    }

    /// The gradients that were found since the last step, by the parameters' names and in their shapes; not those of matrices
    /// that are adapted, which have none.
    package func gradientValues() -> [String: [Float]] {
        var all: [String: [Float]] = [:]
        owned.forEachParameter { name, parameter in
            guard let slot = parameter.slot, !parameter.isAdapted else { return }
            switch parameter.layout {
            case .plain, .packed:
                let tensor = gradients.tensors[slot]
                if tensor.hasGradient { all[name] = parameter.checkpointValues(in: tensor.gradient) }
            case .table: all[name] = gradients.tables[slot].wholeGradient()
            }
        }
        return all
    }

    /// Copies the weights that a value handed out still has, since they are about to change.
    private func prepareToWrite() {
        if !isHandedOut { return }
        isHandedOut = false
        let gradients = gradients
        owned.visit(
            ParameterVisitor { _, parameter in
                guard let slot = parameter.slot else { return }
                let values = parameter.uniqueValues()
                if parameter.isAdapted {
                    gradients.adapters[slot].values = values
                    return
                }
                switch parameter.layout {
                case .plain, .packed: gradients.tensors[slot].values = values
                case .table: gradients.tables[slot].values = values
                }
            })
    }
}
