import Learners
import SettingKeys

extension HeadOptions {
    private static let exactKeys = ["C", "fit-intercept", "tol", "max-iter"]
    private static let trainedKeys = [
        "epochs", "learning-rate", "batch-size", "weight-decay", "pos-weight", "initialization",
    ]
    static let keys = ["solver", "class-weight"] + exactKeys + trainedKeys

    /// Reads the `head:` of a contestant: the keys of the solver that it names.
    init(setting: Setting) throws {
        self.init()
        let (exact, trained) = (HeadOptions.exactKeys, HeadOptions.trainedKeys)
        let mapping = try setting.mapping(known: HeadOptions.keys)
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
        maxIterations = try mapping["max-iter"]?.int(atLeast: 1) ?? maxIterations
        adamw.epochs = try mapping["epochs"]?.int(atLeast: 1) ?? adamw.epochs
        adamw.learningRate = try mapping["learning-rate"]?.positiveDouble() ?? adamw.learningRate
        adamw.batchSize = try mapping["batch-size"]?.int(atLeast: 1) ?? adamw.batchSize
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
