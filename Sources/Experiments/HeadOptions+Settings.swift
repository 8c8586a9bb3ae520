import LinearModels
import Settings

extension HeadOptions {
    /// Reads the `head:` of a contestant: the keys of the solver that it names.
    init(setting: Setting) throws {
        self.init()
        let exact = ["C", "fit-intercept", "tol", "max-iter"]
        let trained = [
            "epochs", "learning-rate", "batch-size", "weight-decay", "pos-weight", "initialization",
        ]
        let mapping = try setting.mapping(known: ["solver", "class-weight"] + exact + trained)
        solver = try mapping["solver"]?.oneOf() ?? solver
        for key in solver == .adamw ? exact : trained {
            if let given = mapping[key] {
                throw given.badValue(expected: "no '\(key)' with solver \(solver.rawValue)")
            }
        }
        classWeight = try mapping["class-weight"]?.oneOf() ?? classWeight
        C = try mapping["C"]?.positiveDouble() ?? C
        fitIntercept = try mapping["fit-intercept"]?.bool() ?? fitIntercept
        tolerance = try mapping["tol"]?.positiveDouble() ?? tolerance
        maxIterations = try mapping["max-iter"]?.count() ?? maxIterations
        adamw.epochs = try mapping["epochs"]?.count() ?? adamw.epochs
        adamw.learningRate = try mapping["learning-rate"]?.positiveDouble() ?? adamw.learningRate
        adamw.batchSize = try mapping["batch-size"]?.count() ?? adamw.batchSize
        adamw.weightDecay = try mapping["weight-decay"]?.nonNegativeDouble() ?? adamw.weightDecay
        adamw.posWeight =
            try mapping["pos-weight"].map { try AdamWOptions.PosWeight(setting: $0) } ?? adamw.posWeight
        adamw.initialization = try mapping["initialization"]?.oneOf() ?? adamw.initialization
    }
}

extension AdamWOptions.PosWeight {
    /// `none`, `balanced`, or a number.
    fileprivate init(setting: Setting) throws {
        switch try setting.string() {
        case "none": self = .none
        case "balanced": self = .balanced
        default: self = .number(try setting.positiveDouble())
        }
    }
}
